using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Runs the commands on the contexts that an application registers with its host.</summary>
[TestFixture]
internal sealed class HostTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Migrate_takes_what_the_host_registers_and_starts_nothing()
    {
        var result = await RunAsync(
            null,
            [
                "migrate",
                "--json",
                "--context",
                "OrdersContext",
                "--context",
                "ShelvesContext",
                "--context",
                "BareContext",
            ]
        );
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Json.GetProperty("databases").GetArrayLength(), Is.EqualTo(3));
            Assert.That(Count("orders.db", "orders"), Is.Zero);
            Assert.That(Count("shelves.db", "shelves"), Is.Zero);
            Assert.That(Count("bare.db", "bare"), Is.Zero);
            Assert.That(_folder.Combine("started.txt"), Does.Not.Exist);
        });
    }

    [Test]
    public void A_context_of_a_pool_is_a_new_one_each_time()
    {
        using var services = new ServiceCollection()
            .AddPooledDbContextFactory<PooledContext>(options => options.UseSqlite("Data Source=:memory:"))
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        using var first = RegisteredContext.Create(typeof(PooledContext), scope.ServiceProvider)!;
        first.Dispose();
        using var others = services.CreateScope();
        using var second = RegisteredContext.Create(typeof(PooledContext), others.ServiceProvider)!;
        Assert.That(second, Is.Not.SameAs(first));
    }

    [Test]
    public async Task Status_without_names_is_of_all_contexts_those_of_other_assemblies_included()
    {
        var result = await RunAsync(null, ["status", "--json"]);
        var names = result
            .Json.GetProperty("databases")
            .EnumerateArray()
            .Select(one => one.GetProperty("name").GetString());
        Assert.That(
            names,
            Is.EquivalentTo(["OrdersContext", "ShelvesContext", "BareContext", "CatalogContext"]),
            result.Error
        );
    }

    [TestCase(null, "CatalogContext", "catalog.db", Description = "the design-time factory comes first")]
    [TestCase(null, "OrdersContext", "orders.db", Description = "then the host")]
    [TestCase("builds none", "OrdersContext", "of-the-constructor.db", Description = "then the constructor")]
    [TestCase("logs", "OrdersContext", "orders.db", Description = "the application catches that its host is aborted")]
    public async Task A_context_is_created_as_EF_does_at_design_time(string? habit, string context, string file)
    {
        var result = await RunAsync(habit, ["status", "--json", "--context", context]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(
                result.Json.GetProperty("databases")[0].GetProperty("path").GetString(),
                Is.EqualTo(_folder.Combine(file))
            );
        });
    }

    [TestCase(
        "throws",
        "failed before it built its host: InvalidOperationException: The variable SHOP_KEY is not set."
    )]
    [TestCase("hangs", "did not build a host, and was still running after 2 s")]
    [TestCase("runs on", "continued after it built its host, and was still running after 2 s")]
    [TestCase("exits", "ended the process before it built its host")]
    public async Task An_application_that_builds_no_host_or_does_not_end_is_told_with_2(string habit, string reason)
    {
        var result = await RunAsync(habit, ["migrate", "--context", "OrdersContext"]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage), result.Error);
            Assert.That(result.ErrorLines[^1], Does.StartWith("error: ").And.Contain(reason));
            Assert.That(result.Error, Does.Contain("Nothing was changed."));
            Assert.That(result.Out, Is.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
        });
    }

    [Test]
    public async Task A_console_application_without_a_host_is_told_what_to_do()
    {
        var result = await RunAsync("builds none", ["migrate", "--context", "ShelvesContext"]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.Error, Does.Contain("no design-time factory, and the application builds no host"));
            Assert.That(
                result.Error,
                Does.Contain(
                    "pass --connection \"Data Source=FILE\" or --connection \"Host=SERVER;Database=NAME\", or add a factory"
                )
            );
        });
    }

    [Test]
    public async Task The_application_runs_as_if_it_had_been_started_here()
    {
        File.WriteAllText(
            _folder.Combine("appsettings.Staging.json"),
            """{ "ConnectionStrings": { "Orders": "Data Source=staged.db" } }"""
        );
        var variables = new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Staging" };
        string[] migrate = ["migrate", "--assembly", SampleApplication.Host, "--context", "OrdersContext"];
        var staged = await ToolProcess.RunAsync(_folder.Path, variables, migrate);
        var given = await ToolProcess.RunAsync(_folder.Path, [.. migrate, "--connection", "Data Source=given.db"]);
        Assert.Multiple(() =>
        {
            Assert.That(staged.Error, Does.Contain("RagStudio.Data.SampleHost is Staging"));
            Assert.That(
                staged.Error,
                Does.Contain(
                    $"in {Path.GetDirectoryName(SampleApplication.Host)}{Path.DirectorySeparatorChar} at design time"
                )
            );
            Assert.That(Count("staged.db", "orders"), Is.Zero, staged.Error);
            Assert.That(given.Error, Does.Contain("RagStudio.Data.SampleHost is Production"));
            Assert.That(Count("given.db", "orders"), Is.Zero, given.Error);
            Assert.That(_folder.Combine("orders.db"), Does.Not.Exist);
        });
    }

    [Test]
    public async Task Migrations_of_one_time_stamp_have_the_order_that_EF_has_in_the_application()
    {
        string[] orders = ["--context", "OrdersContext", "--json"];
        var migrated = await RunAsync(null, ["migrate", .. orders]);
        var applied = migrated.Json.GetProperty("databases")[0].GetProperty("migrations").EnumerateArray();
        Assert.Multiple(() =>
        {
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(
                applied.Select(one => one.GetProperty("name").GetString()),
                Is.EqualTo(["CreateOrders", "Add_Lines", "AddTextOfLines"])
            );
        });
    }

    [Test]
    public async Task A_web_application_is_asked_in_the_same_way()
    {
        string[] migrate = ["migrate", "--assembly", SampleApplication.Web];
        var refused = await ToolProcess.RunAsync(_folder.Path, migrate);
        File.WriteAllText(
            _folder.Combine("appsettings.json"),
            """{ "ConnectionStrings": { "Bare": "Data Source=web.db" } }"""
        );
        var migrated = await ToolProcess.RunAsync(_folder.Path, migrate);
        Assert.Multiple(() =>
        {
            Assert.That(refused.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(refused.Error, Does.Contain("run this command where its application finds its settings"));
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(Count("web.db", "bare"), Is.Zero);
            Assert.That(_folder.Combine("ran-on.txt"), Does.Not.Exist);
        });
    }

    private sealed class PooledContext(DbContextOptions<PooledContext> options) : DbContext(options);

    private long Count(string file, string table) => Database.Count(_folder.Combine(file), table);

    private Task<CliResult> RunAsync(string? habit, string[] args)
    {
        var waits = habit is "hangs" or "runs on";
        var variables = new Dictionary<string, string>
        {
            [HostTimeout.Variable] = waits ? "2" : "60",
            ["SAMPLE_HABIT"] = habit ?? "",
        };
        return ToolProcess.RunAsync(_folder.Path, variables, [.. args, "--assembly", SampleApplication.Host]);
    }
}
