using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>
/// A program without WAL was killed in a transaction: some of its pages are in the file, and the journal
/// contains the previous ones.
/// </summary>
public sealed class HotJournalTests : ShopTest
{
    [Test]
    public async Task Readers_see_the_state_before_the_transaction_and_change_nothing_of_it([Range(0, 3)] int reader)
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        Shop.Execute("PRAGMA journal_mode = DELETE");
        var dump = Shop.Dump();
        LeaveHotJournal(Shop.PathOf("shop"));

        await Read(reader);

        Assert.That(Shop.Dump(), Is.EqualTo(dump));
        Assert.That(Shop.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
    }

    /// <summary>Like any reader, and as documented: nothing else in the file can be read before.</summary>
    [Test]
    public async Task A_reader_has_SQLite_roll_the_transaction_back()
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        Shop.Execute("PRAGMA journal_mode = DELETE");
        LeaveHotJournal(Shop.PathOf("shop"));

        var status = await Shop.Manager<FirstShopContext>().GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(File.Exists(Shop.PathOf("shop") + "-journal"), Is.False);
    }

    private Task Read(int reader) =>
        reader switch
        {
            0 => Shop.Manager<FirstShopContext>().GetStatusAsync(),
            1 => Shop.Manager<ShopContext>().PlanAsync(),
            2 => Shop.Manager<FirstShopContext>().GetHistoryAsync(),
            _ => Shop.Validate<FirstShopContext>(),
        };

    private static void LeaveHotJournal(string database)
    {
        byte[] file,
            journal;
        using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA cache_size = 2; BEGIN; UPDATE orders SET customer = customer || 'y'";
            command.ExecuteNonQuery();
            (file, journal) = (File.ReadAllBytes(database), File.ReadAllBytes(database + "-journal"));
        }
        File.WriteAllBytes(database, file);
        File.WriteAllBytes(database + "-journal", journal);
    }
}
