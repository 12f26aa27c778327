using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>
/// EF's history uses the table and columns configured in the context's EF services, not the usual ones.
/// </summary>
[NonParallelizable]
public sealed class HistoryNamesTests : ShopTest
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Every_command_works_where_a_naming_convention_renames_the_columns(bool isMadeByEF)
    {
        if (isMadeByEF)
        {
            await MigrateByEFAsync<SnakeContext>(SnakeContext.Create);
            Shop.Execute("INSERT INTO notes VALUES (1, 'kept')");
        }
        var manager = Shop.Manager<SnakeContext>();

        var plan = await manager.PlanAsync();
        await manager.MigrateAsync();

        Assert.That(plan.Databases.Single().Migrations, Has.Count.EqualTo(isMadeByEF ? 1 : 2));
        Assert.That(Applied(), Is.EqualTo(new[] { SnakeContext.Create, SnakeContext.AddStars }));
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That((await Shop.Validate<SnakeContext>()).Reports.SelectMany(report => report.Errors), Is.Empty);
        var backup = await manager.Backups.CreateAsync();
        Assert.That(backup!.Databases.Single().MigrationId, Is.EqualTo(SnakeContext.AddStars));

        await manager.RollbackToVersionAsync(SnakeContext.Create);
        Assert.That(Applied(), Is.EqualTo(new[] { SnakeContext.Create }));
        await manager.RestoreAsync(backup.Id);

        Assert.That(Applied(), Is.EqualTo(new[] { SnakeContext.Create, SnakeContext.AddStars }));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM notes"), Is.EqualTo(isMadeByEF ? 1 : 0));
        Assert.That((await manager.Backups.VerifyAsync()).SelectMany(verified => verified.Faults), Is.Empty);
        Assert.That(Applied(), Is.EqualTo(AppliedByEF<SnakeContext>()));
    }

    [Test]
    public async Task A_start_with_nothing_pending_finds_the_columns_without_EF()
    {
        await Shop.Manager<SnakeContext>().MigrateAsync();
        SnakeContext.Configured = 0;

        var summary = await Shop.Manager<SnakeContext>().MigrateAsync();

        Assert.That(summary.Databases.Single().Migrations, Is.Empty);
        Assert.That(SnakeContext.Configured, Is.Zero);
    }

    [Test]
    public async Task The_sql_that_reverts_a_migration_names_the_columns_of_the_history()
    {
        var manager = Shop.Manager<SnakeContext>();

        await manager.MigrateAsync();

        var record = (await manager.GetHistoryAsync()).First(line => line.Version == SnakeContext.AddStars);
        Shop.Execute(record.RollbackSql!);
        Assert.That(AppliedByEF<SnakeContext>(), Is.EqualTo(new[] { SnakeContext.Create }));
    }

    [Test]
    public async Task Compiled_migrations_write_the_history_that_EF_reads()
    {
        var compiled = CompiledAssembly.Of<SnakeContext>();
        var manager = Manager<SnakeContext>(options => options.MigrationsAssembly = compiled);

        await manager.MigrateAsync();
        await manager.RollbackToVersionAsync(SnakeContext.Create);

        Assert.That(AppliedByEF<SnakeContext>(), Is.EqualTo(new[] { SnakeContext.Create }));
        Assert.That(
            Shop.Scalar<string>("SELECT sql FROM sqlite_master WHERE name = '__EFMigrationsHistory'"),
            Does.Contain("\"migration_id\"").And.Contain("pk___ef_migrations_history")
        );
    }

    [Test]
    public async Task A_guarded_context_keeps_the_names_of_its_convention()
    {
        using var context = new SnakeContext(Options<SnakeContext>(builder => builder.UseGuardedMigrations()));

        await context.Database.MigrateAsync();
        await context.Database.MigrateAsync();

        Assert.That(AppliedByEF<SnakeContext>(), Is.EqualTo(new[] { SnakeContext.Create, SnakeContext.AddStars }));
    }

    [Test]
    public async Task A_history_repository_of_the_applications_own_is_asked_for_all_of_it()
    {
        var manager = Manager<NotesContext>(options =>
            options.ConfigureContext = builder => builder.ReplaceService<IHistoryRepository, OwnHistoryRepository>()
        );
        await manager.MigrateAsync();
        // A row of another program in the same table.
        Shop.Execute(
            "INSERT INTO program_migrations (id, version, program) VALUES ('20990101000000_Other', '1', 'other')"
        );

        var status = await manager.GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        await manager.RollbackToVersionAsync(NotesContext.Create);

        Assert.That(
            Shop.Column("SELECT id FROM program_migrations ORDER BY 1"),
            Is.EqualTo(new[] { NotesContext.Create, "20990101000000_Other" })
        );
        Assert.That(Shop.Column("SELECT name FROM sqlite_master WHERE name = '__EFMigrationsHistory'"), Is.Empty);
    }

    [Test]
    public async Task A_table_that_only_the_contexts_options_name_is_found()
    {
        var manager = Manager<NotesContext>(options =>
            options.ConfigureContext = builder =>
                builder.UseSqlite(sqlite => sqlite.MigrationsHistoryTable("done", "schema"))
        );

        await manager.MigrateAsync();
        var again = await manager.MigrateAsync();

        Assert.That(Shop.Column("SELECT MigrationId FROM done"), Has.Count.EqualTo(2));
        Assert.That(again.Databases.Single().Migrations, Is.Empty);
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [TestCase(
        "ALTER TABLE __EFMigrationsHistory RENAME TO x; ALTER TABLE x RENAME TO __efmigrationshistory",
        "__efmigrationshistory"
    )]
    [TestCase(
        "ALTER TABLE __EFMigrationsHistory RENAME TO x; CREATE VIEW __EFMigrationsHistory AS SELECT * FROM x",
        "view"
    )]
    [TestCase("ALTER TABLE __EFMigrationsHistory RENAME COLUMN MigrationId TO migration_id", "migration_id")]
    public async Task A_history_that_EF_would_not_find_is_refused_by_name_and_nothing_is_applied_anew(
        string sql,
        string named
    )
    {
        await MigrateByEFAsync<NotesContext>(NotesContext.Create);
        Shop.Execute("INSERT INTO notes VALUES (1, 'kept')");
        Shop.Execute(sql);
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() => Shop.Manager<NotesContext>().MigrateAsync());

        Assert.That(failure!.Message, Does.Contain(named).And.Not.Contain("Check the path"));
        Assert.That(failure.Problem, Is.EqualTo(DatabaseProblem.Other));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    private IMigrationManager Manager<TContext>(Action<SqliteDatabaseOptions> configure)
        where TContext : DbContext =>
        Shop.Manager(
            null,
            migrator => migrator.AddSqliteDatabase<TContext>("shop", $"Data Source={Shop.PathOf("shop")}", configure)
        );

    private IReadOnlyList<string> Applied() => Shop.Column("SELECT migration_id FROM __EFMigrationsHistory ORDER BY 1");

    private IEnumerable<string> AppliedByEF<TContext>()
        where TContext : DbContext
    {
        using var context = Create<TContext>();
        return [.. context.Database.GetAppliedMigrations()];
    }

    private async Task MigrateByEFAsync<TContext>(string version)
        where TContext : DbContext
    {
        using var context = Create<TContext>();
        await context.GetService<IMigrator>().MigrateAsync(version);
    }

    private TContext Create<TContext>()
        where TContext : DbContext =>
        (TContext)Activator.CreateInstance(typeof(TContext), Options<TContext>(_ => { }))!;

    private DbContextOptions<TContext> Options<TContext>(Action<DbContextOptionsBuilder> configure)
        where TContext : DbContext
    {
        var builder = new DbContextOptionsBuilder<TContext>().UseSqlite(
            $"Data Source={Shop.PathOf("shop")};Pooling=False"
        );
        configure(builder);
        return builder.Options;
    }
}
