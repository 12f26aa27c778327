using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Scripts;

/// <summary>Runs what public applications do in their migrations, and compares the result with EF's.</summary>
[NonParallelizable]
[TestFixture(false)]
[TestFixture(true)]
public sealed class HabitTests(bool isCompiled) : ShopTest(isCompiled)
{
    private const string Fill =
        "INSERT INTO Teams (Id, Name) VALUES (1, 'ann'), (2, 'bob'); INSERT INTO Members VALUES (1, 1), (2, 1), (3, 2)";

    private string ConnectionString => $"Data Source={Shop.PathOf("shop")};Pooling=False";

    [Test]
    public Task A_rebuild_in_one_command_is_EFs() => CompareAsync<OneCommandContext>();

    [Test]
    public Task A_rebuild_by_a_copy_is_EFs() => CompareAsync<CopyContext>();

    [Test]
    public Task A_rebuild_in_separate_commands_is_EFs() => CompareAsync<SeparateContext>();

    [Test]
    public Task A_rebuild_with_a_transaction_of_its_own_is_EFs() => CompareAsync<OwnTransactionContext>();

    [Test]
    public Task A_switch_within_a_transaction_does_nothing_as_in_EF() => CompareAsync<InertSwitchContext>();

    [Test]
    public async Task A_rebuild_that_fails_in_its_middle_leaves_nothing_behind_without_a_backup_too()
    {
        await FillAsync<OneCommandContext>();
        Shop.Execute("UPDATE Teams SET Name = 'twice'");
        var before = ScriptDatabase.Read(Shop.PathOf("shop"));
        var manager = Shop.Manager<OneCommandContext>(options =>
            (options.BackupBeforeMigration, options.RehearseBeforeMigrate) = (false, RehearsalPolicy.Never)
        );

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.Message, Does.Contain("UNIQUE"));
        Assert.That(ScriptDatabase.Read(Shop.PathOf("shop")), Is.EqualTo(before));
    }

    [Test]
    public async Task The_layout_of_the_file_is_as_before_when_a_migration_failed_that_changed_it()
    {
        await FillAsync<LayoutContext>();
        Shop.Execute("PRAGMA journal_mode = WAL");
        var before = ScriptDatabase.Read(Shop.PathOf("shop"));

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => Shop.Manager<LayoutContext>().MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(ScriptDatabase.Read(Shop.PathOf("shop")), Is.EqualTo(before));
        Assert.That(Shop.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("wal"));
        Assert.That(Shop.Scalar<long>("PRAGMA page_size"), Is.EqualTo(4096));
        Assert.That(Shop.Scalar<long>("PRAGMA auto_vacuum"), Is.Zero);
    }

    [Test]
    public async Task A_transaction_that_a_failed_script_left_open_does_not_keep_the_backup_from_being_restored()
    {
        await FillAsync<TornContext>();
        var before = ScriptDatabase.Read(Shop.PathOf("shop"));

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() =>
            Shop.Manager<TornContext>(Allow).MigrateAsync()
        );

        Assert.That(failure!.Message, Does.Contain("no such table: missing"));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(ScriptDatabase.Read(Shop.PathOf("shop")), Is.EqualTo(before));
    }

    [Test]
    public async Task Rows_of_an_attached_file_are_taken_over()
    {
        await FillAsync<TakeOverContext>();
        Shop.Execute("CREATE TABLE Teams (Id INTEGER, Name TEXT); INSERT INTO Teams VALUES (7, 'old')", "other");
        TakeOverRows.File = Shop.PathOf("other");

        await Shop.Manager<TakeOverContext>().MigrateAsync();

        Assert.That(Shop.Column("SELECT Name FROM Teams ORDER BY Id"), Is.EqualTo(new[] { "ann", "bob", "old" }));
        Assert.That(Shop.Column("SELECT Name FROM Teams", "other"), Is.EqualTo(new[] { "old" }));
    }

    [Test]
    public async Task Members_stay_where_the_connection_string_switches_foreign_keys_off()
    {
        await FillAsync<NoKeysContext>();

        var summary = await NoKeys(ConnectionString + ";Foreign Keys=False").MigrateAsync();

        AssertMembersStay(summary);
    }

    [Test]
    public async Task Members_stay_where_an_interceptor_switches_foreign_keys_off()
    {
        await FillAsync<NoKeysContext>();

        var summary = await NoKeys(ConnectionString, builder => builder.AddInterceptors(new KeysOff())).MigrateAsync();

        AssertMembersStay(summary);
    }

    [Test]
    public async Task Members_stay_in_a_guarded_context_without_foreign_keys()
    {
        await FillAsync<NoKeysContext>();
        var builder = new DbContextOptionsBuilder<NoKeysContext>()
            .UseSqlite(ConnectionString + ";Foreign Keys=False")
            .UseGuardedMigrations(configure: Allow);
        await using var context = new NoKeysContext(builder.Options);

        await context.Database.MigrateAsync();

        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM Members"), Is.EqualTo(3));
    }

    [Test]
    public async Task Members_go_with_their_teams_where_foreign_keys_are_on()
    {
        await FillAsync<NoKeysContext>();

        await NoKeys(ConnectionString).MigrateAsync();

        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM Members"), Is.Zero);
    }

    private void AssertMembersStay(MigrationSummary summary)
    {
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM Members"), Is.EqualTo(3));
        var warning = summary.Reports.Single().Warnings.Single(w => w.Kind == ValidationWarningKind.NotEnforced);
        Assert.That(warning.Detail, Does.Contain("row 3 of 'Members'"));
        Assert.That(summary.Reports.Single().ErrorCount, Is.Zero);
    }

    private async Task CompareAsync<TContext>()
        where TContext : DbContext
    {
        await FillAsync<TContext>();
        using var efs = new Shop();
        File.Copy(Shop.PathOf("shop"), efs.PathOf("shop"));
        await using var context = Create<TContext>(efs.PathOf("shop"));
        await context.Database.MigrateAsync();

        var summary = await Shop.Manager<TContext>(Allow).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(ScriptDatabase.Read(Shop.PathOf("shop")), Is.EqualTo(ScriptDatabase.Read(efs.PathOf("shop"))));
        var found = await Shop.Validate<TContext>();
        Assert.That(found.Reports.Sum(report => report.ErrorCount), Is.Zero);
    }

    /// <summary>Creates the first release with plain EF, and adds rows.</summary>
    private async Task FillAsync<TContext>()
        where TContext : DbContext
    {
        await using var context = Create<TContext>(Shop.PathOf("shop"));
        await context.Database.MigrateAsync(CreateTeams.Version);
        Shop.Execute(Fill);
        Shop.Execute("PRAGMA journal_mode = DELETE");
    }

    private static TContext Create<TContext>(string file)
        where TContext : DbContext =>
        (TContext)
            Activator.CreateInstance(
                typeof(TContext),
                new DbContextOptionsBuilder<TContext>().UseSqlite($"Data Source={file};Pooling=False").Options
            )!;

    private IMigrationManager NoKeys(string connectionString, Action<DbContextOptionsBuilder>? configure = null) =>
        Shop.Manager(
            Allow,
            migrator =>
                migrator.AddSqliteDatabase<NoKeysContext>(
                    "shop",
                    connectionString,
                    options =>
                    {
                        options.MigrationsAssembly = IsCompiled ? CompiledAssembly.Of<NoKeysContext>() : null;
                        options.ConfigureContext = configure;
                    }
                )
        );

    private static void Allow(MigrationOptions options) =>
        (options.AllowDestructive, options.RehearseBeforeMigrate) = (true, RehearsalPolicy.Never);

    private sealed class KeysOff : DbConnectionInterceptor
    {
        public override Task ConnectionOpenedAsync(
            System.Data.Common.DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA foreign_keys = OFF";
            command.ExecuteNonQuery();
            return Task.CompletedTask;
        }
    }
}
