using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RagStudio.Data.SampleServerApp.Ledger;
using Mood = RagStudio.Data.SampleServerApp.Shop.Mood;
using NotesContext = RagStudio.Data.SampleServerApp.Notes.NotesContext;
using Order = RagStudio.Data.SampleServerApp.Shop.Order;
using ShopContext = RagStudio.Data.SampleServerApp.Shop.ShopContext;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>What a guarded context leaves on a server is what EF alone leaves, with the migrator's own tables.</summary>
[TestFixture]
public sealed class GuardedContextTests
{
    private TestDatabase _ours = null!;
    private TestDatabase _efs = null!;

    [SetUp]
    public async Task CreateDatabases()
    {
        var server = await ServersOfTheRun.SharedAsync();
        (_ours, _efs) = (await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync());
    }

    [TearDown]
    public async Task DropDatabases()
    {
        foreach (var database in new[] { _ours, _efs })
        {
            if (database is not null)
            {
                await database.DisposeAsync();
            }
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Migrate_leaves_the_schema_and_rows_of_EF_with_a_schema_and_a_history_elsewhere(bool isAsync)
    {
        await using var guarded = new LedgerContext(Guard(LedgerContextFactory.Configure(_ours.ConnectionString)));
        await using var plain = new LedgerContext(LedgerContextFactory.Configure(_efs.ConnectionString).Options);
        await MigrateAsync(guarded, isAsync);
        await MigrateAsync(plain, isAsync);
        await AssertSameAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Migrate_leaves_the_schema_and_rows_of_EF_with_a_naming_convention_and_seeding(bool isAsync)
    {
        await using var guarded = new NotesContext(_ours.ConnectionString, options => Guard(options));
        await using var plain = new NotesContext(_efs.ConnectionString);
        await MigrateAsync(guarded, isAsync);
        await MigrateAsync(plain, isAsync);
        await AssertSameAsync();
    }

    [Test]
    public async Task Migrate_creates_an_enum_and_uses_a_value_that_a_later_migration_adds()
    {
        await using var guarded = new ShopContext(Guard(ShopOptions(_ours)));
        await using var plain = new ShopContext(ShopOptions(_efs).Options);
        await guarded.Database.MigrateAsync();
        var canary = Assert.ThrowsAsync<PostgresException>(() => plain.Database.MigrateAsync());
        Assert.Multiple(async () =>
        {
            Assert.That(canary!.SqlState, Is.EqualTo("55P04"), "EF alone cannot");
            Assert.That(await LabelsAsync(_ours), Is.EqualTo(new[] { "sad", "happy", "calm" }));
            Assert.That(
                await _ours.ScalarAsync<long>("SELECT count(*) FROM \"Orders\" WHERE \"Mood\" = 'calm'"),
                Is.EqualTo(1)
            );
        });
    }

    [Test]
    public async Task Migrate_uses_a_new_value_of_an_enum_that_exists()
    {
        await using var plain = new ShopContext(ShopOptions(_ours, seeds: false).Options);
        await plain.Database.MigrateAsync("Create");
        await using var guarded = new ShopContext(Guard(ShopOptions(_ours)));
        await guarded.Database.MigrateAsync();
        Assert.That(await LabelsAsync(_ours), Is.EqualTo(new[] { "sad", "happy", "calm" }));
    }

    [Test]
    public async Task Migrate_creates_no_context_for_migrations_that_were_compiled()
    {
        using var contexts = new CreatedContexts<LedgerContext>();
        var services = new ServiceCollection();
        services.AddLogging();
        services
            .AddMigrator()
            .AddPostgreSqlDatabase<LedgerContext>(
                "ledger",
                _ours.ConnectionString,
                options => (options.MigrationsHistoryTable, options.MigrationsHistorySchema) = ("__ef", "app")
            );
        await using var provider = services.BuildServiceProvider();
        var summary = await provider.GetRequiredService<IMigrationManager>().MigrateAsync();
        Assert.Multiple(() =>
        {
            Assert.That(summary.Databases.Single().Migrations, Has.Count.EqualTo(2));
            Assert.That(contexts.Count, Is.Zero);
        });

        await using var plain = new LedgerContext(LedgerContextFactory.Configure(_efs.ConnectionString).Options);
        await plain.Database.MigrateAsync();
        Assert.That(contexts.Count, Is.Positive, "the context would have been seen");
        await AssertSameAsync();
    }

    private static Task MigrateAsync(DbContext context, bool isAsync)
    {
        if (isAsync)
        {
            return context.Database.MigrateAsync();
        }
        context.Database.Migrate();
        return Task.CompletedTask;
    }

    private static DbContextOptions<TContext> Guard<TContext>(DbContextOptionsBuilder<TContext> options)
        where TContext : DbContext => options.UseGuardedMigrations().Options;

    private static void Guard(DbContextOptionsBuilder options) => options.UseGuardedMigrations();

    private static DbContextOptionsBuilder<ShopContext> ShopOptions(TestDatabase database, bool seeds = true)
    {
        var options = new DbContextOptionsBuilder<ShopContext>().UseNpgsql(
            database.ConnectionString,
            npgsql => npgsql.MapEnum<Mood>("mood")
        );
        return seeds
            ? options.UseAsyncSeeding(
                async (context, _, token) =>
                {
                    context.Add(new Order { Name = "seeded", Mood = Mood.Calm });
                    await context.SaveChangesAsync(token);
                }
            )
            : options;
    }

    private static Task<string[]> LabelsAsync(TestDatabase database) =>
        database.ScalarAsync<string[]>("SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum");

    private async Task AssertSameAsync() => Assert.That(await DumpAsync(_ours), Is.EqualTo(await DumpAsync(_efs)));

    /// <summary>The schema and the rows, without the migrator's own tables.</summary>
    private static async Task<string> DumpAsync(TestDatabase database)
    {
        if (Command.Find("pg_dump", PostgresBinaries.Require().Folder) is not { } program)
        {
            Requirement.IsMissing("pg_dump was not found: install PostgreSQL's client programs.");
            return "";
        }
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(
            program,
            ["--inserts", "--no-owner", "-T", "*.__migrator*", "-h", connection.Host!, "-p", $"{connection.Port}"]
        );
        start.ArgumentList.Add("-U");
        start.ArgumentList.Add(connection.Username!);
        start.ArgumentList.Add(database.Name);
        start.Environment["PGPASSWORD"] = connection.Password;
        var lines = (await Command.RunAsync(start)).Split('\n');
        // Newer releases begin and end with a random word.
        return string.Join('\n', lines.Where(line => !line.StartsWith('\\')));
    }
}
