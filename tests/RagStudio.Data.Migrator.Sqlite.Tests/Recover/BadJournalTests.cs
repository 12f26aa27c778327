using System.Text;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Recover;

/// <summary>
/// A journal with arbitrary content: every run stops with its path, and every query answers as with an open
/// one.
/// </summary>
public sealed class BadJournalTests : ShopTest
{
    private const string Good =
        """{"event":"begun","runId":"0123456789ab","at":"2026-01-01T00:00:00+00:00","begun":{"activity":"migrate","backupId":"20260101T000000000Z_0123456789ab","backupFolder":"/b","programVersion":"1","databases":[{"name":"shop","path":"/x/shop.db","versions":["1"]}]}}""";

    [Test]
    public async Task No_field_of_a_journal_can_make_a_question_fail_or_a_run_go_on()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var before = Shop.Dump();
        foreach (var (name, text) in JsonMutations.Of(Good).Where(journal => journal.Text.Length > 0))
        {
            await File.WriteAllTextAsync(Shop.Journal, text + "\n");

            await AssertStopsAsync(name);
        }
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [TestCase("null")]
    [TestCase("{\"event\":\"begun\",\"runId\":\"r\",\"at\":\"2026-01-01T00:00:00+00:00\"}", Description = "no begun")]
    [TestCase("{\"event\":77,\"runId\":\"r\",\"at\":\"2026-01-01T00:00:00+00:00\"}")]
    [TestCase("{\"event\":\"completed\",\"event\":\"begun\",\"runId\":\"r\",\"at\":\"2026-01-01T00:00:00+00:00\"}")]
    public async Task A_line_that_is_no_entry_stops_every_run(string line)
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        await File.WriteAllTextAsync(Shop.Journal, line + "\n");

        await AssertStopsAsync(line);
    }

    [Test]
    public async Task Bytes_that_are_no_UTF8_stop_every_run()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var text = Good.Split("/b");
        await File.WriteAllBytesAsync(
            Shop.Journal,
            [.. Encoding.UTF8.GetBytes(text[0]), 0xff, .. Encoding.UTF8.GetBytes(text[1]), (byte)'\n']
        );

        await AssertStopsAsync("no UTF-8", "the run journal is damaged");
    }

    [Test]
    public async Task A_journal_that_is_a_folder_stops_every_run()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        Directory.CreateDirectory(Shop.Journal);

        await AssertStopsAsync("a folder", "the run journal is damaged");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links need a privilege there")]
    public async Task A_journal_that_is_a_link_to_nothing_stops_every_run()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        File.CreateSymbolicLink(Shop.Journal, Path.Combine(Shop.Folder, "nowhere"));

        await AssertStopsAsync("a link to nothing", "the run journal is damaged");
        Assert.That(Path.Combine(Shop.Folder, "nowhere"), Does.Not.Exist);
    }

    private async Task AssertStopsAsync(string name, string reason = "cannot be undone")
    {
        var manager = Shop.Manager<ShopContext>();
        Func<Task>[] runs =
        [
            () => manager.MigrateAsync(),
            () => manager.RecoverAsync(),
            () => manager.Backups.CreateAsync(),
            () => manager.RollbackToVersionAsync("0"),
            () => manager.Backups.PruneAsync(),
        ];
        foreach (var run in runs)
        {
            var failure = Assert.ThrowsAsync<RecoveryFailedException>(() => run(), name)!;
            Assert.That(failure.JournalPath, Is.EqualTo(Shop.Journal), name);
            Assert.That(failure.Message, Does.Contain(reason).And.Contain(Shop.Journal), name);
            Assert.That(failure.DataState, Is.EqualTo(DataState.NeedsAttention), name);
        }
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Interrupted), name);
        Assert.That(await manager.GetHistoryAsync(), Is.Not.Empty, name);
        Assert.That((await manager.PlanAsync()).Databases, Is.Not.Empty, name);
        Assert.That(await manager.Backups.ListAsync(), Is.Not.Null, name);
    }
}
