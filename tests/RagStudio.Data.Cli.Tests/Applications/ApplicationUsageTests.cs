using System.Reflection;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Tests the errors for applications that the tool cannot work on.</summary>
[TestFixture]
internal sealed class ApplicationUsageTests : CliTest
{
    [TestCase("MemoryContext", "is in memory")]
    [TestCase("StockContext", "uses Microsoft.EntityFrameworkCore.InMemory: this tool works on SQLite")]
    [TestCase("UntoldContext", "Add an IDesignTimeDbContextFactory<UntoldContext>")]
    [TestCase("BrokenContext", "InvalidOperationException: The variable SHOP_DATABASE is not set.")]
    [TestCase(
        "LedgerContext",
        "no design-time factory, and the application builds no host that has it: pass --connection"
    )]
    [TestCase("Nobody", "there is no context 'Nobody'. The application has RagStudio.Data.SampleApp.BrokenContext,")]
    public async Task A_context_that_cannot_be_used_ends_with_one_line_and_2(string context, string reason)
    {
        var before = FolderImage.Of(Folder);
        var result = await RunAsync("migrate", "--assembly", SampleApplication.Assembly, "--context", context);
        AssertUsage(result, reason);
        Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
    }

    [TestCase("Data Source=:memory:", "is in memory")]
    [TestCase("Data Source=x.db;Mode=Memory", "is in memory")]
    [TestCase("Data Source=file:x.db?mode=ro", "is named by a URI")]
    [TestCase("Password=hunter2;Frob", "cannot be read")]
    [TestCase(" ", "--connection is empty")]
    public async Task A_connection_that_names_no_file_ends_with_one_line_and_2(string connection, string reason)
    {
        string[] catalog = ["--assembly", SampleApplication.Assembly, "--context", "CatalogContext"];
        var result = await RunAsync(["migrate", .. catalog, "--connection", connection]);
        AssertUsage(result, reason);
        Assert.That(result.Error, Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task An_assembly_that_is_none_ends_with_one_line_and_2()
    {
        AssertUsage(await RunAsync("status", "--assembly", "App.dll"), "there is no file '" + PathTo("App.dll"));
        AssertUsage(await RunAsync("status", "--assembly", Write("App.dll", "text")), "is not a .NET assembly");
        AssertUsage(await RunAsync("status", "--assembly", Folder), "is a folder");
        AssertUsage(await RunAsync("status", "--assembly", ""), "--assembly is empty");
        AssertUsage(
            await RunAsync("status", "--assembly", typeof(TestAttribute).Assembly.Location),
            "contains no DbContext"
        );
    }

    [TestCase("--connection applies to a single context", "--connection", "Data Source=x.db")]
    [TestCase("--name applies to a single context", "--name", "catalog")]
    [TestCase("not beginning with '.'", "--name", "../catalog")]
    [TestCase("--database and --single-database apply to RAG Studio only", "--database", "events")]
    [TestCase("--database and --single-database apply to RAG Studio only", "--single-database")]
    public async Task An_option_that_does_not_fit_an_application_is_refused(string reason, params string[] options) =>
        AssertUsage(await RunAsync(["status", "--assembly", SampleApplication.Assembly, .. options]), reason);

    [Test]
    public async Task A_context_without_an_application_is_refused() =>
        AssertUsage(await RunAsync("status", "--context", "CatalogContext"), "require --assembly");

    [Test]
    public async Task Import_is_refused() =>
        AssertUsage(
            await RunAsync("import", ".", "-k", "notes", "--assembly", SampleApplication.Assembly),
            "'import' works on RAG Studio's databases only"
        );

    [TestCase("10.1.0", false)]
    [TestCase("11.0.0", false)]
    [TestCase("10.0.99", true)]
    [TestCase("8.0.0", true)]
    public void An_application_of_a_newer_EF_is_refused_but_for_patches(string version, bool fits)
    {
        var wanted = new AssemblyName("Microsoft.EntityFrameworkCore") { Version = new Version(version + ".0") };
        var own = new AssemblyName("Microsoft.EntityFrameworkCore") { Version = new Version(10, 0, 15, 0) };
        Assert.That(
            () => SharedAssemblies.Demand(wanted, own),
            fits
                ? Throws.Nothing
                : Throws.TypeOf<CommandException>().With.Message.Contains($"{version}, and this tool has 10.0.15")
        );
    }

    private static void AssertUsage(CliResult result, string reason) =>
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage), result.Error);
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
            Assert.That(result.Error, Does.Contain(reason));
        });
}
