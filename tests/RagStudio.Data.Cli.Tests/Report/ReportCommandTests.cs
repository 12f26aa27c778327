using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class ReportCommandTests : CliTest
{
    private string Page => PathTo("report.html");

    [Test]
    public async Task Report_tells_state_schema_validation_backups_and_history()
    {
        await MigrateAsync();
        await RunAsync("backup", "create");
        await RunAsync("rollback", "NormaliseEvents", "--yes");
        await MigrateAsync();

        var page = await ReportAsync();

        Assert.Multiple(() =>
        {
            Assert.That(page.Verdict(), Is.EqualTo("Up to date"));
            Assert.That(page.Section("state"), Does.Contain(AppMeta).And.Contain(Events).And.Contain("KiB"));
            Assert.That(page.Section("schema"), Does.Contain("document_chunks (document_id) → documents (id)"));
            Assert.That(page.Section("validation"), Does.Contain("no finding").And.Contain("validate --quick"));
            Assert.That(page.Section("backups"), Does.Contain("manual").And.Contain("before a rollback"));
            Assert.That(page.Section("backups"), Does.Contain("just now").And.Contain("passed"));
            Assert.That(
                page.Section("history"),
                Does.Contain("reverted").And.Contain("IndexEventReferences").And.Contain(" ms")
            );
        });
    }

    [Test]
    public async Task Report_prints_one_document_about_the_page()
    {
        await MigrateAsync();
        var json = (await RunAsync("report", "--html", "report.html", "--json")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(json.Names(), Is.EqualTo(new[] { "file", "bytes", "verdict" }));
            Assert.That(json.GetProperty("file").GetString(), Is.EqualTo(Page));
            Assert.That(json.GetProperty("bytes").GetInt64(), Is.EqualTo(new FileInfo(Page).Length));
            Assert.That(json.GetProperty("verdict").GetString(), Is.EqualTo("upToDate"));
        });
    }

    [Test]
    public async Task Report_loads_nothing_and_has_no_script()
    {
        await MigrateAsync();
        var page = await ReportAsync();
        string[] loading = ["script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use"];
        var policy = page.All("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!;
        var attributes = page.DescendantsAndSelf()
            .Attributes()
            .Where(attribute => !attribute.IsNamespaceDeclaration)
            .ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(loading.SelectMany(page.All), Is.Empty);
            Assert.That(
                policy.Value,
                Does.StartWith("default-src 'none'; style-src 'sha256-").And.Not.Contain("unsafe")
            );
            Assert.That(attributes.Select(one => one.Value), Has.None.Contain("http:").And.None.Contain("https:"));
            Assert.That(
                attributes.Select(one => one.Name.LocalName),
                Has.None.StartsWith("on").And.None.EqualTo("style")
            );
            Assert.That(page.All("style").Single().Value, Does.Not.Contain("url(").And.Not.Contain("@import"));
        });
    }

    [Test]
    public async Task Report_can_be_read_by_those_who_do_not_see_it()
    {
        await MigrateAsync();
        var page = await ReportAsync();
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToArray();
        var drawings = page.All("svg").Where(svg => (string?)svg.Attribute("aria-hidden") != "true").ToArray();
        var levels = page.Descendants()
            .Where(element => Regex.IsMatch(element.Name.LocalName, "^h[1-6]$"))
            .Select(element => element.Name.LocalName[1] - '0')
            .ToArray();
        Assert.Multiple(() =>
        {
            Assert.That((string?)page.Attribute("lang"), Is.EqualTo("en"));
            Assert.That(ids, Is.Unique);
            Assert.That(drawings, Has.Length.EqualTo(2));
            Assert.That(drawings.SelectMany(Labels), Is.Not.Empty.And.SubsetOf(ids));
            Assert.That(page.All("table"), Is.Not.Empty.And.All.Matches<XElement>(table => table.All("caption").Any()));
            Assert.That(levels.Count(level => level == 1), Is.EqualTo(1));
            Assert.That(levels.Zip(levels.Skip(1), (one, next) => next - one), Is.All.LessThanOrEqualTo(1));
        });
    }

    [Test]
    public async Task Report_shows_a_name_that_is_markup_as_it_is()
    {
        await MigrateAsync();
        const string name = "<script>alert('x')</script>&\"\u0001\u202e";
        Database.Execute(Events, $"CREATE TABLE \"{name.Replace("\"", "\"\"")}\" (\"</svg><img src=x>\" TEXT)");

        var page = await ReportAsync();

        Assert.Multiple(() =>
        {
            Assert.That(page.All("script").Concat(page.All("img")), Is.Empty);
            Assert.That(File.ReadAllText(Page), Does.Not.Contain("<script").And.Not.Contain("<img"));
            Assert.That(page.All("title").Select(title => title.Value), Has.Member(NeutralText.OneLine(name)));
            Assert.That(page.All("text").Select(text => text.Value), Has.Member("</svg><img src=x>"));
        });
    }

    [Test]
    public async Task Report_has_no_value_of_any_row()
    {
        await MigrateAsync();
        Rows.AddSetting(AppMeta, "secret-key");
        Database.Execute(
            AppMeta,
            "PRAGMA foreign_keys = OFF; INSERT INTO schedules VALUES ('secret-id', 'secret-name', 'secret-cron', 'secret-pipeline', 1, NULL, NULL, 'x', 'x')"
        );

        var page = await ReportAsync();

        Assert.Multiple(() =>
        {
            Assert.That(page.Section("validation"), Does.Contain("Orphaned record").And.Contain("schedules"));
            Assert.That(File.ReadAllText(Page), Does.Not.Contain("secret"));
        });
    }

    [Test]
    public async Task Report_shows_the_first_20_findings_and_counts_all()
    {
        await MigrateAsync();
        Database.Execute(
            AppMeta,
            """
            PRAGMA foreign_keys = OFF;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234)
            INSERT INTO schedules SELECT 's' || i, 'n' || i, '* * * * *', 'none', 1, NULL, NULL, 'x', 'x' FROM n
            """
        );

        var page = await ReportAsync();

        var table = page.All("table").Single(one => one.All("caption").Single().Value.Contains("1,234 errors"));
        Assert.That(table.All("caption").Single().Value, Is.EqualTo("app_meta: 1,234 errors, the first 20 of them"));
        Assert.That(table.All("tbody").Single().Elements(), Has.Exactly(20).Items);
    }

    [Test]
    public async Task Report_writes_nothing_but_its_file()
    {
        await MigrateAsync();
        await RunAsync("backup", "create");
        var before = FolderImage.Of(Folder);
        await ReportAsync();
        Assert.That(FolderImage.Of(Folder).Where(line => !line.StartsWith(Page)), Is.EqualTo(before));
    }

    [Test]
    public async Task Report_is_made_beside_a_program_that_is_writing()
    {
        await MigrateAsync();
        using var writer = Database.Open(AppMeta);
        writer.Execute("BEGIN IMMEDIATE; DELETE FROM settings");
        Assert.That((await ReportAsync()).Verdict(), Is.EqualTo("Up to date"));
    }

    [Test]
    public async Task Report_works_on_one_file_of_both_databases_and_draws_that_once()
    {
        await MigrateAsync("--single-database");
        var page = await ReportAsync("--single-database");
        Assert.Multiple(() =>
        {
            Assert.That(page.All("h3").Select(heading => heading.Value), Has.Member("app_meta and events"));
            Assert.That(page.All("svg").Count(svg => (string?)svg.Attribute("role") == "img"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Report_works_on_another_application()
    {
        string[] app = ["--assembly", SampleApplication.Assembly, "--context", "CatalogContext"];
        await MigrateAsync(app);
        var page = await ReportAsync(app);
        Assert.Multiple(() =>
        {
            Assert.That(page.All("h1").Single().Value, Is.EqualTo("RagStudio.Data.SampleApp.dll"));
            Assert.That(page.Section("schema"), Does.Contain("Products"));
            Assert.That(page.Verdict(), Is.EqualTo("Up to date"));
        });
    }

    private async Task<XElement> ReportAsync(params string[] options)
    {
        var result = await RunAsync(["report", "--html", "report.html", .. options]);
        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
        return ReportPageReader.Read(Page);
    }

    private static string[] Labels(XElement svg) => ((string)svg.Attribute("aria-labelledby")!).Split(' ');
}
