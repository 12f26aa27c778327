using RagStudio.Data.Testing;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class ReportFileTests : CliTest
{
    [Test]
    public async Task Report_replaces_a_file_only_with_consent()
    {
        Write("report.html", "old");
        var alone = await RunAsync("report", "--html", "report.html");
        Answer = "n";
        var refused = await RunAsync("report", "--html", "report.html");
        var kept = File.ReadAllText(PathTo("report.html"));
        var agreed = await RunAsync("report", "--html", "report.html", "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(alone.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(alone.Error, Does.Contain("--yes"));
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Cancelled));
            Assert.That(refused.Error, Does.Contain("'report.html' already exists"));
            Assert.That(kept, Is.EqualTo("old"));
            Assert.That(agreed.Code, Is.EqualTo(ExitCode.Done), agreed.Error);
            Assert.That(File.ReadAllText(PathTo("report.html")), Does.StartWith("<!DOCTYPE html>"));
            Assert.That(Directory.EnumerateFiles(Folder, "*.tmp"), Is.Empty);
        });
    }

    [TestCase("", "--html is empty")]
    [TestCase(".", "it is a folder")]
    [TestCase("new/", "it is a folder")]
    [TestCase("no/such/report.html", "there is no folder")]
    [TestCase("data/app_meta.db", "it is a database")]
    [TestCase("data/events.db-wal", "it is a database, or belongs to one")]
    [TestCase("other.db", "it is a database")]
    public async Task Report_refuses_a_path_that_cannot_be_a_page_and_changes_nothing(string path, string why)
    {
        await MigrateAsync();
        Database.Execute(PathTo("other.db"), "CREATE TABLE t (id)");
        var before = FolderImage.Of(Folder);
        var result = await RunAsync("report", "--html", path, "--yes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contain(why));
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    /// <summary>Opening a pipe would wait forever, and writing through a link would reach another file.</summary>
    [TestCase(HostileFile.Pipe)]
    [TestCase(HostileFile.Link)]
    [TestCase(HostileFile.LinkToDevice)]
    [CancelAfter(60_000)]
    public async Task Report_is_written_into_no_pipe_and_through_no_link(HostileFile kind, CancellationToken limit)
    {
        await MigrateAsync();
        kind.Put(PathTo("report.html"));
        var before = Directory.GetFileSystemEntries(Folder);
        var result = await Task.Run(() => RunAsync("report", "--html", "report.html", "--yes"), limit).WaitAsync(limit);
        Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
        Assert.That(result.Error, Does.Contain("not a regular file"));
        Assert.That(Directory.GetFileSystemEntries(Folder), Is.EquivalentTo(before));
    }

    [Test]
    public async Task Report_without_a_file_is_refused()
    {
        var result = await RunAsync("report");
        Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
        Assert.That(result.Error, Does.Contain("--html"));
    }

    [Test]
    public void Write_leaves_no_draft_where_the_file_came_to_be_a_folder_meanwhile()
    {
        var file = new ReportFile(PathTo("report.html"), "report.html");
        Directory.CreateDirectory(PathTo("report.html"));
        Assert.That(
            () => file.WriteAsync("x", CancellationToken.None),
            Throws.TypeOf<CommandException>().With.Message.Contains("'report.html' cannot be written")
        );
        Assert.That(Directory.EnumerateFiles(Folder), Is.Empty);
    }

    [Test]
    public void Write_does_not_replace_a_file_that_came_meanwhile()
    {
        var file = new ReportFile(PathTo("report.html"), "report.html");
        Write("report.html", "of somebody else");
        Assert.That(() => file.WriteAsync("x", CancellationToken.None), Throws.TypeOf<CommandException>());
        Assert.That(File.ReadAllText(PathTo("report.html")), Is.EqualTo("of somebody else"));
    }
}
