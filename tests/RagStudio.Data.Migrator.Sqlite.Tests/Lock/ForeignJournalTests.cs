using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Logs;
using static RagStudio.Data.Migrator.Sqlite.Tests.Lock.ForeignLogTests;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>A file has replaced another one, whose killed program has left its rollback journal there.</summary>
public sealed class ForeignJournalTests : ShopTest
{
    private string Database => Shop.PathOf("shop");

    private string Journal => Database + "-journal";

    [TestCase(OddFile.OfYesterday)]
    [TestCase(OddFile.OfAnotherDatabase)]
    [TestCase(OddFile.Empty)]
    [TestCase(OddFile.Missing)]
    public async Task No_run_begins_with_a_file_and_a_journal_that_contradict_each_other_and_both_stay(OddFile odd)
    {
        await PutAsync(odd);
        var before = Files();
        var manager = Shop.Manager<ShopContext>();

        foreach (var run in new Func<Task>[] { () => manager.MigrateAsync(), () => manager.Backups.PruneAsync() })
        {
            var refused = await FailureOfAsync(run);
            Assert.That(refused?.Problem, Is.EqualTo(DatabaseProblem.ForeignLog));
            Assert.That(refused!.DataState, Is.EqualTo(DataState.Unchanged));
            Assert.That(refused.Message, Does.Contain(Journal));
            Assert.That(Files(), Is.EqualTo(before));
        }
    }

    [TestCase(OddFile.OfYesterday)]
    [TestCase(OddFile.OfAnotherDatabase)]
    public async Task Readers_and_a_backup_are_refused(OddFile odd)
    {
        await PutAsync(odd);
        var before = Files();
        var manager = Shop.Manager<ShopContext>();

        foreach (
            var read in new Func<Task>[]
            {
                () => manager.GetStatusAsync(),
                () => manager.PlanAsync(),
                () => manager.GetHistoryAsync(),
                () => Shop.Validate<ShopContext>(),
                () => manager.Backups.CreateAsync(),
            }
        )
        {
            Assert.That((await FailureOfAsync(read))?.Problem, Is.EqualTo(DatabaseProblem.ForeignLog));
            Assert.That(Files(), Is.EqualTo(before));
        }
    }

    [TestCase(2)]
    [TestCase(2000)]
    public async Task The_journal_of_a_killed_program_is_rolled_back(int cachePages)
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        Shop.Execute("PRAGMA journal_mode = DELETE");
        LeaveJournal(Database, cachePages);

        await Shop.Manager<ShopContext>().MigrateAsync();

        Assert.That(File.Exists(Journal), Is.False);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders WHERE customer LIKE '%y'"), Is.Zero);
        Assert.That(Shop.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
    }

    private async Task PutAsync(OddFile odd)
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        Shop.Execute("PRAGMA journal_mode = DELETE");
        var yesterday = await File.ReadAllBytesAsync(Database);
        for (var i = 0; i < 3; i++)
        {
            Shop.Execute("INSERT INTO orders (customer) VALUES ('today')");
        }
        LeaveJournal(Database, cachePages: 2);
        switch (odd)
        {
            case OddFile.OfYesterday:
                await File.WriteAllBytesAsync(Database, yesterday);
                break;
            case OddFile.OfAnotherDatabase:
                Shop.Execute("CREATE TABLE t (x)", "other");
                File.Copy(Shop.PathOf("other"), Database, overwrite: true);
                break;
            case OddFile.Empty:
                await File.WriteAllBytesAsync(Database, []);
                break;
            case OddFile.Missing:
                File.Delete(Database);
                break;
        }
    }

    [Test]
    public void A_log_that_another_program_has_just_removed_is_none()
    {
        Assert.That(RollbackJournal.TryRead(Journal), Is.Null);
        Assert.That(WriteAheadLog.TryRead(Database + "-wal"), Is.Null);
    }

    [Test]
    public async Task A_program_that_writes_with_a_rollback_journal_disturbs_no_reader()
    {
        await Shop.CreateFirstReleaseAsync(orders: 1);
        Shop.Execute("PRAGMA journal_mode = DELETE");
        using var stop = new CancellationTokenSource();
        var writes = Task.Run(() => WriteUntil(stop.Token));
        var manager = Shop.Manager<FirstShopContext>();

        for (var i = 0; i < 200; i++)
        {
            Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        }

        await stop.CancelAsync();
        Assert.That(await writes, Is.Positive);
    }

    private int WriteUntil(CancellationToken stop)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE orders SET customer = customer";
        var count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            command.ExecuteNonQuery();
        }
        return count;
    }

    /// <summary>Leaves what a kill would: pages that did not fit into the cache are in the file.</summary>
    private static void LeaveJournal(string database, int cachePages)
    {
        byte[] file,
            journal;
        using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                $"PRAGMA cache_size = {cachePages}; BEGIN; PRAGMA user_version = 5; UPDATE orders SET customer = customer || 'y'";
            command.ExecuteNonQuery();
            (file, journal) = (File.ReadAllBytes(database), File.ReadAllBytes(database + "-journal"));
        }
        File.WriteAllBytes(database, file);
        File.WriteAllBytes(database + "-journal", journal);
    }

    private (byte[]? Database, byte[] Journal) Files() =>
        (File.Exists(Database) ? File.ReadAllBytes(Database) : null, File.ReadAllBytes(Journal));

    private static async Task<DatabaseAccessException?> FailureOfAsync(Func<Task> run)
    {
        try
        {
            await run();
            return null;
        }
        catch (DatabaseAccessException failure)
        {
            return failure;
        }
    }
}
