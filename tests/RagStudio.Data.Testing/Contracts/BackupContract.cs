using System.Security.Cryptography;
using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>
/// The guarantees of a storage that can be backed up: a copy equals it exactly. See
/// <see cref="IDatabaseStorage.CannotBackUp"/>.
/// </summary>
public abstract class BackupContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    [Test]
    public async Task BackUpAsync_writes_a_copy_that_tells_what_its_source_tells()
    {
        await MigrateAsync(ContractRelease.Current);
        Harness.AddNotes("mine");
        var (database, file) = (Database(ContractRelease.Current), Harness.NewFile());
        await using var session = await OpenAsync();

        var made = await session.BackUpAsync(file, progress: null, WorkLimits.None);

        var copy = await database.Storage.InspectCopyAsync(file, [database], WorkLimits.None);
        var (rows, state) = (await session.CountRowsAsync(WorkLimits.None), await session.ReadAsync(database, default));
        Assert.Multiple(() =>
        {
            Assert.That(made.Pages, Is.Positive);
            Assert.That(made.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))));
            Assert.That(copy.Check.Findings, Is.Empty);
            Assert.That(copy.Rows, Is.EquivalentTo(rows));
            Assert.That(copy.Rows!["notes"], Is.EqualTo(3));
            Assert.That(copy.Applied![database.Name], Is.EqualTo(state.Applied).And.Count.EqualTo(3));
        });
    }

    [Test]
    public async Task BackUpAsync_tells_how_far_it_is()
    {
        await MigrateAsync(ContractRelease.Current);
        var (progress, file) = (new Steps(), Harness.NewFile());
        await using var session = await OpenAsync();

        await session.BackUpAsync(file, progress, WorkLimits.None);

        var bytes = new FileInfo(file).Length;
        Assert.That(progress.Told, Is.Not.Empty);
        Assert.That(progress.Told[^1], Is.EqualTo((bytes, bytes)));
    }

    [Test]
    public async Task BackUpAsync_overwrites_nothing()
    {
        await MigrateAsync(ContractRelease.Current);
        var file = Harness.NewFile();
        await File.WriteAllTextAsync(file, "somebody's");
        await using var session = await OpenAsync();

        Assert.CatchAsync<IOException>(() => session.BackUpAsync(file, progress: null, WorkLimits.None));

        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("somebody's"));
    }

    [Test]
    public async Task BackUpAsync_ends_with_its_limits()
    {
        await MigrateAsync(ContractRelease.Current);
        await using var session = await OpenAsync();

        Assert.CatchAsync<OperationCanceledException>(() =>
            session.BackUpAsync(Harness.NewFile(), progress: null, new WorkLimits(null, Cancelled))
        );
        Assert.ThrowsAsync<TimeoutException>(() =>
            session.BackUpAsync(Harness.NewFile(), progress: null, new WorkLimits(TimeSpan.Zero, default))
        );
    }

    [Test]
    public async Task RestoreAsync_brings_back_exactly_what_the_copy_holds()
    {
        await MigrateAsync(ContractRelease.First);
        Harness.AddNotes("mine");
        var before = await ReadAsync();
        var file = Harness.NewFile();
        await using (var session = await OpenAsync())
        {
            await session.BackUpAsync(file, progress: null, WorkLimits.None);
            await MigrateAsync(Database(ContractRelease.Current), session);

            await session.RestoreAsync(file);

            Assert.That((await session.CountRowsAsync(WorkLimits.None))["notes"], Is.EqualTo(1));
        }
        var after = await ReadAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Harness.Notes(), Is.EqualTo(new[] { "mine" }));
            Assert.That(after.Applied, Is.EqualTo(before.Applied));
            Assert.That(after.LastApplied, Is.EqualTo(before.LastApplied));
            Assert.That(after.History, Is.EqualTo(before.History).And.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task RestoreAsync_without_a_copy_leaves_nothing()
    {
        await MigrateAsync(ContractRelease.Current);
        await using (var session = await OpenAsync())
        {
            await session.RestoreAsync(file: null);

            Assert.That(session.Existed, Is.False);
            Assert.That(await session.CountRowsAsync(WorkLimits.None), Is.Empty);
        }
        var state = await ReadAsync();
        await using var next = await OpenAsync();

        Assert.Multiple(() =>
        {
            Assert.That(state.Applied, Is.Empty);
            Assert.That(state.History, Is.Empty);
            Assert.That(next.Existed, Is.False);
        });
    }

    [Test]
    public async Task A_fingerprint_is_copied_and_restored_with_its_storage()
    {
        var (one, two) = (Fingerprint("one"), Fingerprint("two"));
        await MigrateAsync(ContractRelease.Current);
        var notes = Database(ContractRelease.Current);
        await using var session = await OpenAsync();
        await session.WriteCacheAsync(notes, one);
        var file = Harness.NewFile();
        await session.BackUpAsync(file, null, WorkLimits.None);
        await session.WriteCacheAsync(notes, two);

        await session.RestoreAsync(file);

        Assert.That((await session.ReadAsync(notes, default)).Cache, Is.EqualTo(one));
    }

    [Test]
    public async Task A_session_still_holds_the_storage_after_a_backup_and_a_restore()
    {
        await MigrateAsync(ContractRelease.Current);
        var file = Harness.NewFile();
        await using var session = await OpenAsync();
        await session.BackUpAsync(file, progress: null, WorkLimits.None);

        await session.RestoreAsync(file);

        Assert.ThrowsAsync<DatabaseLockedException>(() => OpenAsync());
    }

    [Test]
    public async Task RestoreAsync_brings_a_copy_into_a_storage_that_is_new()
    {
        await MigrateAsync(ContractRelease.Current);
        var file = Harness.NewFile();
        await using (var session = await OpenAsync())
        {
            await session.BackUpAsync(file, progress: null, WorkLimits.None);
        }
        var elsewhere = Harness.Database(ContractRelease.Current, "elsewhere");
        await using var target = await OpenAsync(elsewhere.Storage);
        Assert.That(target.Existed, Is.False);

        await target.RestoreAsync(file);

        Assert.That(target.Existed, Is.True);
        Assert.That((await target.ReadAsync(elsewhere, CancellationToken.None)).Applied, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task InspectCopyAsync_changes_nothing_of_the_copy()
    {
        await MigrateAsync(ContractRelease.Current);
        var (database, file) = (Database(ContractRelease.Current), Harness.NewFile());
        await using (var session = await OpenAsync())
        {
            await session.BackUpAsync(file, progress: null, WorkLimits.None);
        }
        var (folder, before) = (Path.GetDirectoryName(file)!, await File.ReadAllBytesAsync(file));
        var files = Directory.GetFiles(folder);

        await database.Storage.InspectCopyAsync(file, [database], WorkLimits.None);

        Assert.That(await File.ReadAllBytesAsync(file), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(folder), Is.EquivalentTo(files), "the copy is one file");
    }

    [Test]
    public async Task InspectCopyAsync_says_that_a_file_is_no_copy()
    {
        var (database, file) = (Database(ContractRelease.Current), Harness.NewFile());
        await File.WriteAllTextAsync(file, new string('x', 10_000));

        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() =>
            database.Storage.InspectCopyAsync(file, [database], WorkLimits.None)
        );

        Assert.That(failure!.Problem, Is.EqualTo(DatabaseProblem.NotADatabase));
    }

    [Test]
    public async Task InspectCopyAsync_ends_when_its_token_is_cancelled()
    {
        await MigrateAsync(ContractRelease.Current);
        var (database, file) = (Database(ContractRelease.Current), Harness.NewFile());
        await using var session = await OpenAsync();
        await session.BackUpAsync(file, progress: null, WorkLimits.None);

        Assert.CatchAsync<OperationCanceledException>(() =>
            database.Storage.InspectCopyAsync(file, [database], new WorkLimits(null, Cancelled))
        );
    }

    private static DatabaseCache Fingerprint(string schema) => new() { Schema = new("applied", schema) };

    private sealed class Steps : IProgress<(long Copied, long Total)>
    {
        public List<(long Copied, long Total)> Told { get; } = [];

        public void Report((long Copied, long Total) value) => Told.Add(value);
    }
}
