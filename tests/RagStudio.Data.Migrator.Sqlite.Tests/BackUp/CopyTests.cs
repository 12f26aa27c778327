using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.BackUp;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Storage;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>
/// Copies files of every kind: byte by byte if a session holds them, and with the backup API if others use
/// them.
/// </summary>
public sealed class CopyTests
{
    private TemporaryFolder _folder = null!;
    private CopyFile _live = null!;
    private CopyFile _copy = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TemporaryFolder();
        _live = new CopyFile(_folder.Combine("live.db"));
        _copy = new CopyFile(_folder.Combine("copy.db"));
    }

    [TearDown]
    public void DisposeFolder() => _folder.Dispose();

    [Test]
    public async Task A_held_database_is_copied_byte_by_byte(
        [Values(512, 1024, 4096, 65536)] int pageSize,
        [Values("WAL", "DELETE", "PERSIST")] string journalMode,
        [Values("NONE", "FULL")] string autoVacuum
    )
    {
        _live.Create(pageSize, journalMode, autoVacuum);
        var before = _live.Dump();

        var made = await BackUpAsync();

        var (live, copy) = (File.ReadAllBytes(_live.Path), File.ReadAllBytes(_copy.Path));
        Assert.Multiple(() =>
        {
            Assert.That(copy[19], Is.EqualTo(1), "it needs no WAL");
            Assert.That(copy[18], Is.EqualTo(journalMode == "WAL" ? 2 : 1), "it tells the mode of its source");
            live[18..20].CopyTo(copy, 18);
            Assert.That(copy.AsSpan().SequenceEqual(live));
            Assert.That(made.Pages, Is.EqualTo(live.Length / pageSize));
        });
        AssertIsWhole(made, before);
    }

    [Test]
    public async Task What_is_still_in_the_WAL_is_copied()
    {
        _live.Create(4096, "WAL");
        LeaveRowInWal();
        var before = _live.Dump();
        LeaveRowInWal();

        var made = await BackUpAsync();

        Assert.That(_copy.Scalar<long>("SELECT count(*) FROM notes"), Is.EqualTo(3002));
        Assert.That(before, Does.Contain("text in the WAL"));
        AssertIsWhole(made, _live.Dump());
    }

    [Test]
    public async Task What_a_file_has_behind_its_last_page_is_no_part_of_the_copy()
    {
        _live.Create(4096, "WAL");
        var (before, pages) = (_live.Dump(), _live.Scalar<long>("PRAGMA page_count"));
        File.AppendAllText(_live.Path, new string('x', 10_000));

        var made = await BackUpAsync();

        Assert.That(made.Pages, Is.EqualTo(pages));
        Assert.That(new FileInfo(_copy.Path).Length, Is.EqualTo(pages * 4096));
        AssertIsWhole(made, before);
    }

    [Test]
    [Platform("Linux", Reason = "another process cuts the file off")]
    public async Task A_file_that_ends_too_early_is_an_error_and_no_copy_of_what_is_left()
    {
        _live.Create(4096, "WAL");
        await using var session = await HoldAsync();
        var cut = new OnceInBetween(() => Process.Start("truncate", ["-s", "1500000", _live.Path])!.WaitForExit());

        var failure = Assert.ThrowsAsync<IOException>(() => session.BackUpAsync(_copy.Path, cut, WorkLimits.None))!;

        Assert.That(((SqliteException)failure.InnerException!).SqliteErrorCode, Is.EqualTo(raw.SQLITE_IOERR));
        Assert.That(failure.Message, Does.Contain("at byte 1048576"));
    }

    [Test]
    public async Task A_database_with_reserved_bytes_is_copied_by_the_backup_API()
    {
        ReservedBytes.Set(_live, 32);
        _live.Create(4096, "WAL");
        Assert.That(File.ReadAllBytes(_live.Path)[20], Is.EqualTo(32));
        using (var connection = _live.Open())
        {
            connection.Execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
            Assert.That(LockedFile.TryOpen(connection), Is.Null, "an extension may have to see every page");
        }
        var before = _live.Dump();

        var made = await BackUpAsync();

        AssertIsWhole(made, before);
    }

    [Test]
    public async Task Nobody_else_can_write_while_a_held_database_is_copied_nor_after(
        [Values("WAL", "DELETE")] string mode
    )
    {
        _live.Create(4096, mode);
        var tried = new List<string>();
        await using (var session = await HoldAsync())
        {
            await session.BackUpAsync(_copy.Path, new OnceInBetween(() => tried.Add(Write())), WorkLimits.None);
            tried.Add(Write());
        }

        Assert.That(tried, Has.Count.EqualTo(2).And.All.Contains("locked"));
        Assert.That(_live.Scalar<long>("SELECT count(*) FROM notes"), Is.EqualTo(3000));
        Assert.That(Write(), Is.Empty, "it is free again");
    }

    [Test]
    public async Task Where_another_process_writes_meanwhile_the_copy_is_of_one_moment()
    {
        _live.Create(4096, "WAL", rows: 6000);
        var (before, outside) = (_live.Dump(), new List<string>());
        var storage = new SqliteStorage($"Data Source={_live.Path}");
        StorageCopy made;
        await using (var reader = (await storage.OpenReaderAsync(CancellationToken.None))!)
        {
            made = await reader.BackUpAsync(
                _copy.Path,
                new OnceInBetween(() => outside.Add(Outside.Execute(_live.Path, "UPDATE notes SET text = 'new'"))),
                WorkLimits.None
            );
        }

        Assert.That(outside, Is.EqualTo(new[] { "" }), "readers keep nobody out");
        Assert.That(_live.Scalar<long>("SELECT count(*) FROM notes WHERE text = 'new'"), Is.EqualTo(6000));
        AssertIsWhole(made, before);
    }

    [Test]
    public async Task A_copy_ends_in_the_middle_when_its_token_is_cancelled()
    {
        _live.Create(4096, "WAL");
        using var source = new CancellationTokenSource();
        var told = new List<(long Copied, long Total)>();
        var progress = new Told(step =>
        {
            told.Add(step);
            source.Cancel();
        });
        await using var session = await HoldAsync();

        Assert.CatchAsync<OperationCanceledException>(() =>
            session.BackUpAsync(_copy.Path, progress, new WorkLimits(null, source.Token))
        );

        Assert.That(told, Has.Count.EqualTo(1));
        Assert.That(told[0].Copied, Is.LessThan(told[0].Total));
    }

    [Test]
    public async Task A_copy_ends_in_the_middle_when_its_time_is_over()
    {
        _live.Create(4096, "WAL");
        var limit = TimeSpan.FromMilliseconds(200);
        var told = new List<(long Copied, long Total)>();
        var progress = new Told(step =>
        {
            told.Add(step);
            // The copy began before this, so its time limit has passed by then.
            var begun = Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(begun) > limit);
        });
        await using var session = await HoldAsync();

        Assert.ThrowsAsync<TimeoutException>(() =>
            session.BackUpAsync(_copy.Path, progress, new WorkLimits(limit, CancellationToken.None))
        );

        Assert.That(told[^1].Copied, Is.LessThan(told[^1].Total));
    }

    [Test]
    public async Task A_clone_is_the_original_in_its_own_journal_mode([Values("WAL", "DELETE")] string mode)
    {
        _live.Create(4096, mode);
        var before = _live.Dump();
        await using (var session = await HoldAsync())
        {
            await session.CloneAsync(
                new SqliteStorage(new FileInfo(_copy.Path)),
                new CloneRequest([], MaxRows: 0),
                null,
                WorkLimits.None
            );
        }

        Assert.That(File.ReadAllBytes(_copy.Path).AsSpan().SequenceEqual(File.ReadAllBytes(_live.Path)));
        Assert.That(_copy.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo(mode).IgnoreCase);
        Assert.That(_copy.Dump(), Is.EqualTo(before));
    }

    [TestCase("WAL", 4096, 1024)]
    [TestCase("WAL", 1024, 4096)]
    [TestCase("DELETE", 4096, 512)]
    public async Task A_copy_is_restored_where_a_migration_has_changed_the_size_of_the_pages(
        string mode,
        int pageSize,
        int later
    )
    {
        _live.Create(pageSize, mode);
        var before = _live.Dump();
        await BackUpAsync();
        _live.Execute(
            $"PRAGMA journal_mode = DELETE; PRAGMA page_size = {later}; VACUUM; PRAGMA journal_mode = {mode}"
        );
        _live.Execute("DELETE FROM notes");
        await using (var session = await HoldAsync())
        {
            await session.RestoreAsync(_copy.Path);
            Assert.That(Write(), Does.Contain("locked"), "it is held still");
        }

        Assert.That(_live.Dump(), Is.EqualTo(before));
        Assert.That(_live.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo(mode).IgnoreCase);
    }

    [Test]
    public void A_file_is_taken_as_it_is_only_from_a_connection_that_holds_it()
    {
        _live.Create(4096, "WAL");
        using var connection = _live.Open();
        Assert.That(LockedFile.TryOpen(connection), Is.Null, "others may write");

        connection.Execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
        Assert.That(LockedFile.TryOpen(connection), Is.Null, "what the transaction has written may be elsewhere");

        connection.Execute("COMMIT");
        Assert.That(LockedFile.TryOpen(connection), Is.Not.Null);
    }

    [Test]
    public void A_database_in_memory_has_no_file_to_take()
    {
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        memory.Execute("PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE notes (id INTEGER)");

        Assert.That(LockedFile.TryOpen(memory), Is.Null);
    }

    private async Task<StorageCopy> BackUpAsync()
    {
        await using var session = await HoldAsync();
        return await session.BackUpAsync(_copy.Path, null, WorkLimits.None);
    }

    private Task<IStorageSession> HoldAsync() =>
        new SqliteStorage($"Data Source={_live.Path}").OpenAsync(
            new RunIdentity("run", RunActivity.Migrate),
            TimeSpan.FromSeconds(5),
            CancellationToken.None
        );

    private void AssertIsWhole(StorageCopy made, string content)
    {
        Assert.That(made.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_copy.Path)))));
        Assert.That(_copy.Dump(), Is.EqualTo(content).And.StartsWith("ok"));
        Assert.That(_copy.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("delete"));
        Assert.That(Directory.GetFiles(_folder.Path, "copy.db*"), Has.Length.EqualTo(1));
    }

    private string Write() => Outside.Execute(_live.Path, "INSERT INTO notes (text) VALUES ('outsider')");

    /// <summary>
    /// Leaves a row in the WAL as a killed program does: copies the files while a connection keeps it there.
    /// </summary>
    private void LeaveRowInWal()
    {
        var files = new[] { _live.Path, _live.Path + "-wal" };
        using (var connection = _live.Open())
        {
            connection.Execute("INSERT INTO notes (text) VALUES ('text in the WAL')");
            Array.ForEach(files, file => File.Copy(file, file + ".saved"));
        }
        Array.ForEach(files, file => File.Move(file + ".saved", file, overwrite: true));
    }

    private sealed class Told(Action<(long Copied, long Total)> tell) : IProgress<(long Copied, long Total)>
    {
        public void Report((long Copied, long Total) value) => tell(value);
    }

    private sealed class OnceInBetween(Action act) : IProgress<(long Copied, long Total)>
    {
        private bool _done;

        public void Report((long Copied, long Total) value)
        {
            if (!_done)
            {
                Assert.That(value.Copied, Is.LessThan(value.Total), "in the middle");
                _done = true;
                act();
            }
        }
    }
}
