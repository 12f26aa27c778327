using System.Text;
using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Recover;

/// <summary>The journal of a run that was really killed, and everything that may have happened to it since.</summary>
public sealed class JournalTests
{
    private CrashScenario _scenario = null!;
    private byte[] _journal = null!;

    private Shop Shop => _scenario.Shop;

    [OneTimeSetUp]
    public async Task KillARunAsync()
    {
        _scenario = await CrashScenario.RecoverAsync(orders: 500);
        _scenario.Reset();
        _journal = await File.ReadAllBytesAsync(Shop.Journal);
    }

    [OneTimeTearDown]
    public void DisposeScenario() => _scenario.Dispose();

    [SetUp]
    public void Reset() => _scenario.Reset();

    [Test]
    public async Task GetStatusAsync_tells_interrupted_or_pending_wherever_the_journal_is_cut()
    {
        var manager = Shop.Manager(ShopRelease.Final);
        var firstLine = Array.IndexOf(_journal, (byte)'\n');
        for (var bytes = 0; bytes <= _journal.Length; bytes++)
        {
            await File.WriteAllBytesAsync(Shop.Journal, _journal[..bytes]);

            var verdict = (await manager.GetStatusAsync()).Verdict;

            Assert.That(
                verdict,
                Is.EqualTo(bytes > firstLine ? MigrationVerdict.Interrupted : MigrationVerdict.Pending),
                $"cut after {bytes} of {_journal.Length} bytes"
            );
        }
    }

    [TestCase(0.0, Description = "empty")]
    [TestCase(0.1, Description = "within its first line")]
    [TestCase(0.5)]
    [TestCase(0.75)]
    [TestCase(0.99, Description = "within its last line")]
    public async Task The_next_start_loses_nothing_wherever_the_journal_is_cut(double part)
    {
        await File.WriteAllBytesAsync(Shop.Journal, _journal[..(int)(_journal.Length * part)]);

        Assert.That(await _scenario.NextStartAsync(recoverFirst: false), Is.Empty);
    }

    [Test]
    public Task A_journal_of_garbage_stops_every_start() =>
        AssertStopsEveryStartAsync("not a journal\n"u8.ToArray(), backup: null, "the run journal is damaged");

    [Test]
    public Task A_journal_with_a_line_that_is_no_entry_stops_every_start() =>
        AssertStopsEveryStartAsync([.. "{}\n"u8, .. _journal], backup: null, "the run journal is damaged");

    [Test]
    public Task A_journal_without_its_first_line_stops_every_start() =>
        AssertStopsEveryStartAsync(
            // Earlier versions wrote one after each migration.
            """{"event":"applied","runId":"0123456789ab","at":"2026-01-01T00:00:00+00:00","database":"shop","version":"1"}"""u8
                .ToArray()
                .Append((byte)'\n')
                .ToArray(),
            backup: null,
            "does not begin with a plan"
        );

    [Test]
    public Task A_journal_of_other_databases_stops_every_start() =>
        AssertStopsEveryStartAsync(
            Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(_journal).Replace("archive.db", "other.db", StringComparison.Ordinal)
            ),
            backup: null,
            "other.db"
        );

    [Test]
    public async Task A_journal_without_its_backup_stops_every_start()
    {
        var backup = Backup();
        Directory.Move(backup, Shop.Folder + "-elsewhere");
        try
        {
            await AssertStopsEveryStartAsync(_journal, backup, "its backup is not in");
        }
        finally
        {
            Directory.Delete(Shop.Folder + "-elsewhere", recursive: true);
        }
    }

    [TestCase("archive.db", "flip")]
    [TestCase("shop.db", "cut")]
    [TestCase("shop.db", "remove")]
    public Task An_altered_backup_stops_every_start(string file, string how)
    {
        var copy = Path.Combine(Backup(), file);
        Alter(copy, how);
        return AssertStopsEveryStartAsync(_journal, Backup(), $"its backup is damaged ({file}: ");
    }

    [TestCase("\"migrationId\": \"2025", "\"migrationId\": \"2024", "is not at the migration")]
    [TestCase("\"orders\": 500", "\"orders\": 501", "does not have the rows")]
    [TestCase("\"sha256\": \"", "\"sha256\": \"0", "the file was altered")]
    [TestCase("\"formatVersion\": 1", "\"formatVersion\": 99", "its manifest cannot be read")]
    [TestCase("{", "", "its manifest cannot be read")]
    public Task An_altered_manifest_stops_every_start(string text, string other, string reason)
    {
        var manifest = Path.Combine(Backup(), "manifest.json");
        var content = File.ReadAllText(manifest);
        var at = content.IndexOf(text, StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThanOrEqualTo(0), content);
        File.WriteAllText(manifest, content[..at] + other + content[(at + text.Length)..]);
        return AssertStopsEveryStartAsync(_journal, Backup(), reason);
    }

    [Test]
    public async Task A_backup_that_is_brought_back_lets_the_next_start_recover()
    {
        var copy = Path.Combine(Backup(), "shop.db");
        var good = await File.ReadAllBytesAsync(copy);
        Alter(copy, "flip");
        Assert.ThrowsAsync<RecoveryFailedException>(() => Shop.Manager(ShopRelease.Final).MigrateAsync());

        await File.WriteAllBytesAsync(copy, good);

        Assert.That(await _scenario.NextStartAsync(recoverFirst: true), Is.Empty);
    }

    [Test]
    public async Task A_leftover_journal_of_an_ended_run_is_just_removed()
    {
        using var scenario = await CrashScenario.MigrateAsync(orders: 100);
        scenario.Reset();
        HostProcess.Run(
            scenario.KilledAt(scenario.Points.Last(point => point.StartsWith("Validate", StringComparison.Ordinal)))
        );
        var journal = await File.ReadAllTextAsync(scenario.Shop.Journal);
        await scenario.Shop.Manager(ShopRelease.Final).MigrateAsync();
        scenario.Shop.Execute("INSERT INTO orders (customer) VALUES ('newer')");
        var before = ShopState.Read(scenario.Shop);
        var runId = journal.Split("\"runId\":\"")[1].Split('"')[0];
        await File.WriteAllTextAsync(
            scenario.Shop.Journal,
            journal + $$"""{"event":"completed","runId":"{{runId}}","at":"2026-01-01T00:00:00+00:00"}""" + "\n"
        );
        var backups = Directory.GetDirectories(scenario.Shop.Backups);

        var summary = await scenario.Shop.Manager(ShopRelease.Final).RecoverAsync();

        Assert.That(summary.Restored, Is.False);
        Assert.That(ShopState.Read(scenario.Shop), Is.EqualTo(before));
        Assert.That(File.Exists(scenario.Shop.Journal), Is.False);
        Assert.That(Directory.GetDirectories(scenario.Shop.Backups), Is.EquivalentTo(backups));
    }

    /// <summary>Asserts the same error twice, without a changed byte in the databases or the journal.</summary>
    private async Task AssertStopsEveryStartAsync(byte[] journal, string? backup, string reason)
    {
        // Reading a database that was left open checkpoints its WAL: from here on nothing may change.
        ShopState.Read(Shop);
        await File.WriteAllBytesAsync(Shop.Journal, journal);
        var before = (File.ReadAllBytes(Shop.PathOf("shop")), File.ReadAllBytes(Shop.PathOf("archive")));
        var manager = Shop.Manager(ShopRelease.Final);
        string? message = null;
        for (var start = 0; start < 2; start++)
        {
            var failure = Assert.ThrowsAsync<RecoveryFailedException>(() => manager.MigrateAsync())!;

            Assert.That(failure.Message, Does.Contain(reason).And.Contain(Shop.Journal));
            Assert.That(failure.Message, Is.EqualTo(message ?? failure.Message));
            Assert.That((failure.JournalPath, failure.BackupPath), Is.EqualTo((Shop.Journal, backup)));
            Assert.That(File.ReadAllBytes(Shop.PathOf("shop")), Is.EqualTo(before.Item1));
            Assert.That(File.ReadAllBytes(Shop.PathOf("archive")), Is.EqualTo(before.Item2));
            Assert.That(File.ReadAllBytes(Shop.Journal), Is.EqualTo(journal));
            message = failure.Message;
        }
    }

    private string Backup() => Directory.GetDirectories(Shop.Backups).Single();

    private static void Alter(string file, string how)
    {
        var bytes = File.ReadAllBytes(file);
        switch (how)
        {
            case "flip":
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(file, bytes);
                break;
            case "cut":
                File.WriteAllBytes(file, bytes[..^4096]);
                break;
            default:
                File.Delete(file);
                break;
        }
    }
}
