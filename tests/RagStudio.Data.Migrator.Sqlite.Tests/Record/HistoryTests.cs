using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Record;
using RagStudio.Data.Migrator.Sqlite.Validate;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Record;

/// <summary>The history in a shop's file, after every kind of operation.</summary>
public sealed class HistoryTests : ShopTest
{
    [Test]
    public async Task A_migration_takes_as_long_in_the_history_as_in_the_summary()
    {
        var summary = await Shop.Manager<ShopContext>().MigrateAsync();

        var history = await Shop.Manager<ShopContext>().GetHistoryAsync();

        var told = summary.Databases.Single().Migrations.Select(one => (one.Version, one.Duration));
        var recorded = history
            .Where(record => record.Event == MigrationEvent.Applied)
            .OrderBy(record => record.Id)
            .Select(record => (record.Version!, record.Duration));
        Assert.That(recorded, Is.EqualTo(told));
    }

    [Test]
    public async Task The_chain_is_whole_after_everything_that_a_run_can_do()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        await AssertIsWholeAsync("the first release", MigrationEvent.Applied);

        Assert.ThrowsAsync<MigrationFailedException>(() => Shop.Manager<FailingShopContext>().MigrateAsync());
        await AssertIsWholeAsync("a failure", MigrationEvent.Failed);

        var migrated = await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        await AssertIsWholeAsync("a migration", MigrationEvent.Applied);

        await Shop.Manager<RevertibleShopContext>().RollbackToVersionAsync(IndexOrders.Version);
        await AssertIsWholeAsync("a rollback", MigrationEvent.Reverted);

        await Shop.Manager<RevertibleShopContext>().RestoreAsync(migrated.BackupId!);
        await AssertIsWholeAsync("a restore", MigrationEvent.Restored);

        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        await Shop.Manager<EditedShopContext>().AcceptAsync("IndexOrders", "It is right.");
        await AssertIsWholeAsync("an acceptance", MigrationEvent.Accepted);
    }

    [Test]
    public async Task A_rollback_says_why_migrations_were_reverted()
    {
        var manager = Shop.Manager<RevertibleShopContext>();
        await manager.MigrateAsync();
        await manager.RollbackToVersionAsync(IndexOrders.Version);
        await manager.RollbackToVersionAsync("0");

        var reasons = (await manager.GetHistoryAsync())
            .Where(line => line.Event == MigrationEvent.Reverted)
            .Select(line => line.Detail);

        Assert.That(
            reasons,
            Is.EqualTo(
                new[]
                {
                    "Everything was rolled back.",
                    "Everything was rolled back.",
                    $"Rolled back to {IndexOrders.Version}.",
                }
            )
        );
    }

    /// <summary>
    /// The reported id, and the manipulation of the five lines, of which the last two are acceptances.
    /// </summary>
    [TestCase("2", "UPDATE __migrator_history SET detail = 'x' WHERE id = 2")]
    [TestCase("2", "UPDATE __migrator_history SET duration_ms = duration_ms + 1 WHERE id = 2")]
    [TestCase("2", "UPDATE __migrator_history SET duration_ms = 'long' WHERE id = 2")]
    [TestCase("2", "UPDATE __migrator_history SET applied_at = 'never' WHERE id = 2")]
    [TestCase("2", "UPDATE __migrator_history SET event = 'Invented' WHERE id = 2")]
    [TestCase("2", "UPDATE __migrator_history SET kind = 'Invented' WHERE id = 2")]
    [TestCase("2", "UPDATE __migrator_history SET name = NULL WHERE id = 2")]
    [TestCase("2", "UPDATE __migrator_history SET checksum = lower(hex(zeroblob(32))) WHERE id = 2")]
    [TestCase("5", "UPDATE __migrator_history SET hash = 'x' WHERE id = 5")]
    [TestCase("5", "UPDATE __migrator_history SET hash = NULL WHERE id = 5")]
    [TestCase("5", "UPDATE __migrator_history SET hash = NULL")]
    [TestCase("5", "DELETE FROM __migrator_history WHERE id = 5", Description = "the last")]
    [TestCase("4", "DELETE FROM __migrator_history WHERE id >= 4")]
    [TestCase("3", "DELETE FROM __migrator_history WHERE id = 3")]
    [TestCase("1", "DELETE FROM __migrator_history WHERE id = 1")]
    [TestCase("1", "DELETE FROM __migrator_history")]
    [TestCase(
        "2",
        "UPDATE __migrator_history SET id = 99 WHERE id = 2; UPDATE __migrator_history SET id = 2 WHERE id = 3; UPDATE __migrator_history SET id = 3 WHERE id = 99"
    )]
    [TestCase(
        "6",
        "INSERT INTO __migrator_history SELECT 6, event, database, version, name, kind, applied_at, duration_ms, checksum, rollback_sql, program_version, ef_version, run_id, detail, hash, context, chain FROM __migrator_history WHERE id = 5"
    )]
    [TestCase(null, "ALTER TABLE __migrator_history DROP COLUMN detail")]
    [TestCase("1", "DROP TABLE __migrator_history; INSERT INTO sqlite_sequence VALUES ('__migrator_history', 5)")]
    public async Task What_somebody_did_to_the_history_is_found_once_and_named(string? id, string tampering)
    {
        await CreateFiveLinesAsync();
        Shop.Execute(tampering);

        var error = (await FindAsync()).Single();

        Assert.Multiple(() =>
        {
            Assert.That(error.Kind, Is.EqualTo(ValidationErrorKind.HistoryTampered));
            Assert.That(error.Table, Is.EqualTo("__migrator_history"));
            Assert.That(error.Id, Is.EqualTo(id));
        });
    }

    [TestCase("UPDATE __migrator_history SET detail = 'x' WHERE id = 2")]
    [TestCase("UPDATE __migrator_history SET event = 'Invented', kind = 'x', applied_at = 'never' WHERE id = 2")]
    [TestCase("UPDATE __migrator_history SET hash = NULL")]
    [TestCase("UPDATE __migrator_history SET hash = NULL WHERE id = 5")]
    [TestCase("DELETE FROM __migrator_history WHERE id = 6", Description = "the last")]
    [TestCase("DELETE FROM __migrator_history")]
    public async Task What_somebody_did_to_the_history_fails_no_later_run_and_stays_found(string tampering)
    {
        await CreateFiveLinesAsync();
        var manager = Shop.Manager<ShopContext>();
        await manager.RestoreAsync((await manager.Backups.CreateAsync())!.Id);
        Shop.Execute(tampering);

        await manager.GetStatusAsync();
        await manager.MigrateAsync();
        var backup = await manager.Backups.CreateAsync();
        await manager.RestoreAsync(backup!.Id);

        Assert.That((await manager.Backups.VerifyAsync()).SelectMany(b => b.Faults), Is.Empty);
        Assert.That((await manager.GetHistoryAsync(limit: 1))[0].Event, Is.EqualTo(MigrationEvent.Restored));
        Assert.That(await FindAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Lines_of_an_earlier_version_which_stored_no_hashes_pass_and_new_ones_are_chained()
    {
        await CreateFiveLinesAsync();
        Shop.Execute("ALTER TABLE __migrator_history DROP COLUMN hash");
        Assert.That(await FindAsync(), Is.Empty);
        Assert.That((await Shop.Manager<RevertibleShopContext>().GetStatusAsync()).History, Has.Count.EqualTo(5));

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(await FindAsync(), Is.Empty);
        Assert.That(
            Shop.Column("SELECT id || ' ' || coalesce(length(hash), 0) FROM __migrator_history ORDER BY id"),
            Is.EqualTo(new[] { "1 0", "2 0", "3 0", "4 0", "5 0", "6 64" })
        );
        Shop.Execute(
            "UPDATE __migrator_history SET hash = NULL WHERE id = 6; INSERT INTO __migrator_history SELECT 7, event, database, version, name, kind, applied_at, duration_ms, checksum, rollback_sql, program_version, ef_version, run_id, detail, context, chain, NULL FROM __migrator_history WHERE id = 5"
        );
        Assert.That(await FindAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_database_that_the_migrator_has_never_written_to_has_nothing_to_find()
    {
        Shop.Execute("CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO orders DEFAULT VALUES");

        Assert.That(await FindAsync(), Is.Empty);
    }

    /// <summary>SQLite discards the counter with the table. Only a backup, or a person, can tell.</summary>
    [Test]
    public async Task A_history_that_was_dropped_as_a_whole_cannot_be_told_from_none()
    {
        await CreateFiveLinesAsync();
        Shop.Execute("DROP TABLE __migrator_history");

        Assert.That(await FindAsync(), Is.Empty);
        Assert.That((await Shop.Manager<ShopContext>().MigrateAsync()).Success);
        Assert.That(await FindAsync(), Is.Empty);
    }

    [Test]
    public async Task The_check_of_the_history_is_counted()
    {
        await CreateFiveLinesAsync();
        using var connection = new SqliteConnection($"Data Source={Shop.PathOf("shop")};Pooling=False");
        connection.Open();

        Assert.That(SqliteChecks.Run(connection, tables: null, CheckDepth.Full).ChecksPerformed, Is.EqualTo(3));
    }

    [Test]
    public async Task A_history_that_cannot_be_read_is_not_taken_for_one_without_hashes()
    {
        await CreateFiveLinesAsync();
        using var other = Shop.Open();
        foreach (var sql in new[] { "PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE" })
        {
            using var command = new SqliteCommand(sql, other);
            command.ExecuteNonQuery();
        }
        using var connection = Shop.Open();

        var failure = Assert.Throws<SqliteException>(() => SqliteHistoryChain.HasColumn(connection.Handle!, "hash"));

        Assert.That(failure!.SqliteErrorCode, Is.EqualTo(raw.SQLITE_BUSY));
        other.Dispose();
        Assert.That(SqliteHistoryChain.HasColumn(connection.Handle!, "hash"));
        Assert.That(await FindAsync(), Is.Empty);
    }

    private async Task CreateFiveLinesAsync()
    {
        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        await Shop.Manager<EditedShopContext>().AcceptAsync("IndexOrders", "It is right.");
        await Shop.Manager<ShopContext>().AcceptAsync("IndexOrders", "It is wrong.");
    }

    private async Task AssertIsWholeAsync(string after, MigrationEvent last)
    {
        Assert.That(await FindAsync(), Is.Empty, after);
        var history = await Shop.Manager<ShopContext>().GetHistoryAsync();
        Assert.That(history[0].Event, Is.EqualTo(last), after);
    }

    private async Task<IReadOnlyList<ValidationError>> FindAsync() =>
        [
            .. (await Shop.Validate<ShopContext>())
                .Reports.SelectMany(report => report.Errors)
                .Where(error => error.Kind == ValidationErrorKind.HistoryTampered),
        ];
}
