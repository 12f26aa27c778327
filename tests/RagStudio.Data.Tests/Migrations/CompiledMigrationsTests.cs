using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

/// <summary>Compares the compiled migrations with EF's own migrator, without any of our code.</summary>
public sealed class CompiledMigrationsTests
{
    private static readonly string[] Own = ["__migrator_history", "__migrator_program", "__migrator_schema"];

    [TestCase(typeof(AppMetaContext))]
    [TestCase(typeof(EventsContext))]
    public async Task The_file_that_is_checked_in_is_current(Type contextType)
    {
        using var databases = new UnmigratedDatabases();
        await using var services = Services(databases);

        var compiled = DatabaseOf(contextType, services).Compile();

        Assert.That(
            DatabaseOf(contextType, services).FindCompiled()?.IsSameAs(compiled),
            Is.True,
            "Run: efmigrations.ps1 compile"
        );
    }

    [TestCase(typeof(AppMetaContext))]
    [TestCase(typeof(EventsContext))]
    public async Task The_file_has_the_schema_of_every_version(Type contextType)
    {
        using var databases = new UnmigratedDatabases();
        await using var services = Services(databases);
        var database = DatabaseOf(contextType, services);
        var versions = database.Migrations.Select(migration => migration.Version).ToList();

        Assert.That(database.FindCompiled()!.Schemas.Keys, Is.EqualTo(versions));
        foreach (var (count, version) in versions.Index())
        {
            var schema = await database.ReplayAsync(
                [.. versions.Take(count + 1)],
                compiled: null,
                DatabaseSchema.Empty,
                (_, _) => [],
                CancellationToken.None
            );
            Assert.That(SchemaHash.Of(schema), Is.EqualTo(database.FindCompiled()!.Schemas[version]), version);
        }
    }

    [TestCaseSource(typeof(MigrationCases), nameof(MigrationCases.Contexts))]
    public async Task All_at_once_give_what_EF_gives(Type contextType, bool singleDatabase)
    {
        using var ours = new UnmigratedDatabases(singleDatabase);
        using var theirs = new UnmigratedDatabases(singleDatabase);
        await using var services = Services(ours);
        await using var efContext = theirs.Open(contextType);

        await services.GetRequiredService<IMigrationManager>().MigrateAsync();
        await EFMigrator.Create(efContext).MigrateAsync();

        await using var context = ours.Open(contextType);
        Assert.That(Dump(context, efContext), Is.EqualTo(Dump(efContext, efContext)));
        Assert.That(HistoryOf(context), Is.EqualTo(HistoryOf(efContext)).And.Not.Empty);
    }

    [TestCaseSource(typeof(MigrationCases), nameof(MigrationCases.Contexts))]
    public async Task Version_by_version_up_and_down_they_give_what_EF_gives(Type contextType, bool singleDatabase)
    {
        using var ours = new UnmigratedDatabases(singleDatabase);
        using var theirs = new UnmigratedDatabases(singleDatabase);
        await using var context = ours.Open(contextType);
        await using var efContext = theirs.Open(contextType);
        var ef = EFMigrator.Create(efContext);
        var versions = context.Database.GetMigrations().ToList();

        foreach (var version in versions.Concat(versions.AsEnumerable().Reverse().Skip(1)).Append("0"))
        {
            await context.Database.MigrateAsync(version);
            await ef.MigrateAsync(version);

            Assert.That(Dump(context, efContext), Is.EqualTo(Dump(efContext, efContext)), version);
            Assert.That(HistoryOf(context), Is.EqualTo(HistoryOf(efContext)), version);
            SampleRows.FillLegacy(context);
            SampleRows.FillLegacy(efContext);
        }
        Assert.That(context.Tables(), Is.Empty);
    }

    [TestCase(typeof(AppMetaContext))]
    [TestCase(typeof(EventsContext))]
    public async Task The_history_keeps_the_way_back_that_EF_would_script(Type contextType)
    {
        using var databases = new UnmigratedDatabases();
        await using var services = Services(databases);
        var manager = services.GetRequiredService<IMigrationManager>();
        await manager.MigrateAsync();
        await using var context = databases.Open(contextType);
        var (ef, name) = (EFMigrator.Create(context), DatabaseOf(contextType, services).Name);

        var kept = (await manager.GetHistoryAsync()).Where(line => line.Database == name).Reverse();

        Assert.That(
            kept.Select(line => line.RollbackSql),
            Is.EqualTo(
                context
                    .Database.GetMigrations()
                    .Select(version =>
                        ef.GenerateScript(
                            version,
                            MigrationCases.Before(context, version),
                            MigrationsSqlGenerationOptions.NoTransactions
                        )
                    )
            )
        );
    }

    private static ServiceProvider Services(UnmigratedDatabases databases) =>
        new ServiceCollection()
            .AddRagStudioData(options =>
            {
                options.DataDirectory = databases.Options.DataDirectory;
                options.SingleDatabase = databases.Options.SingleDatabase;
            })
            .BuildServiceProvider();

    private static IMigrationDatabase DatabaseOf(Type contextType, ServiceProvider services) =>
        services
            .GetServices<IMigrationDatabase>()
            .Single(database => database.Name == (contextType == typeof(AppMetaContext) ? "app_meta" : "events"));

    /// <summary>Returns every row of EF's history, including EF's version.</summary>
    private static List<string> HistoryOf(DbContext context)
    {
        var table = RelationalOptionsExtension
            .Extract(context.GetService<IDbContextOptions>())
            .MigrationsHistoryTableName;
        return context.Texts($"SELECT \"MigrationId\" || ' ' || \"ProductVersion\" FROM \"{table}\" ORDER BY 1");
    }

    /// <summary>
    /// Everything that SQL can see, except the migrator's own tables, and EF's lock, which is not needed
    /// under an exclusive lock on the file. Of a database with both contexts, only what a second one contains
    /// in which only one context was migrated.
    /// </summary>
    private static List<string> Dump(DbContext context, DbContext scope)
    {
        var tables = scope
            .Texts(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%' ORDER BY 1"
            )
            .Except([.. Own, "__EFMigrationsLock"])
            .ToList();
        return
        [
            .. context
                .Read(
                    "SELECT tbl_name, type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY 2",
                    row => (Table: row.GetString(0), Text: row.GetString(1))
                )
                .Where(row => tables.Contains(row.Table))
                .Select(row => row.Text),
            .. tables.SelectMany(table =>
                context.Read(
                    $"SELECT * FROM \"{table}\" ORDER BY 1, 2",
                    row => table + ": " + string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue))
                )
            ),
        ];
    }
}
