using System.Collections.Concurrent;
using System.Text.Json;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>A JSON file that is rewritten at each commit. Only this process knows its lock.</summary>
internal sealed class FakeStorage(string path, FakeCalls? calls = null) : IDatabaseStorage
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Locks = new(StringComparer.Ordinal);

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public FakeCalls Calls { get; } = calls ?? new FakeCalls();

    public List<TimeSpan> LockTimeouts { get; } = [];

    /// <summary>Damages copies as they are made.</summary>
    public Action<FakeContent> OnCopied { get; set; } = _ => { };

    public bool Exists => File.Exists(Path);

    public long Bytes => Exists ? new FileInfo(Path).Length : 0;

    private SemaphoreSlim Lock => Locks.GetOrAdd(Path, _ => new SemaphoreSlim(1));

    public Task<DatabaseState> ReadAsync(
        IMigrationDatabase database,
        int historyLimit,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Exists)
        {
            return Task.FromResult(DatabaseState.Empty);
        }
        if (Lock.CurrentCount == 0)
        {
            throw new DatabaseLockedException(MigrationPhase.Plan, Path, TimeSpan.Zero);
        }
        return Task.FromResult(Read(Path, MigrationPhase.Plan).StateOf(database.Name, historyLimit));
    }

    public Task<IStorageReader?> OpenReaderAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IStorageReader?>(Exists ? new FakeReader(this, Read(Path, MigrationPhase.Plan)) : null);
    }

    public Task<bool> TryWriteCacheAsync(IMigrationDatabase database, DatabaseCache cache)
    {
        if (!Exists || Lock.CurrentCount == 0)
        {
            return Task.FromResult(false);
        }
        var content = Read();
        content.Keep(database.Name, cache);
        Write(content);
        return Task.FromResult(true);
    }

    public IDatabaseStorage At(string file) => new FakeStorage(file, Calls);

    public async Task<IStorageSession> OpenAsync(
        RunActivity activity,
        TimeSpan lockTimeout,
        CancellationToken cancellationToken
    )
    {
        LockTimeouts.Add(lockTimeout);
        Calls.Enter("open", Name);
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
        {
            throw new DatabaseAccessException(
                MigrationPhase.Lock,
                Path,
                DatabaseProblem.CannotOpen,
                "its folder is missing"
            );
        }
        if (!await Lock.WaitAsync(lockTimeout, cancellationToken))
        {
            throw new DatabaseLockedException(MigrationPhase.Lock, Path, lockTimeout);
        }
        return Hold();
    }

    public Task<HistoryTrace> TraceCopyAsync(string file, CancellationToken cancellationToken) =>
        Task.FromResult(Read(file, MigrationPhase.BackUp).Trace());

    public Task<CopyInspection> InspectCopyAsync(
        string file,
        IReadOnlyList<IMigrationDatabase> databases,
        WorkLimits limits
    )
    {
        FakeWork.ThrowIfOver(limits);
        var copy = Read(file, MigrationPhase.BackUp);
        return Task.FromResult(
            new CopyInspection(
                copy.Check(),
                copy.CountRows(),
                databases.ToDictionary(database => database.Name, database => copy.AppliedTo(database.Name))
            )
            {
                Origin = copy.Trace().Origin,
            }
        );
    }

    public bool Equals(IDatabaseStorage? other) => other is FakeStorage storage && storage.Path == Path;

    public override bool Equals(object? obj) => Equals(obj as IDatabaseStorage);

    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    /// <summary>Reads the content as an application would that bypasses the migrator.</summary>
    public FakeContent Read() => Exists ? Read(Path, MigrationPhase.Plan) : new FakeContent();

    /// <summary>Replaces the content atomically: a reader sees either the old or the new one.</summary>
    public void Write(FakeContent content)
    {
        File.WriteAllBytes(Path + ".new", content.ToJson());
        File.Move(Path + ".new", Path, overwrite: true);
    }

    public void LetGo(bool isEmpty)
    {
        Calls.Enter("close", Name);
        if (isEmpty)
        {
            File.Delete(Path);
        }
        Lock.Release();
    }

    internal static FakeContent Read(string file, MigrationPhase phase)
    {
        try
        {
            return FakeContent.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException failure)
        {
            throw new DatabaseAccessException(phase, file, DatabaseProblem.NotADatabase, failure.Message, failure);
        }
    }

    private FakeSession Hold()
    {
        try
        {
            var content = Exists ? Read(Path, MigrationPhase.Lock) : new FakeContent();
            Write(content);
            return new FakeSession(this, content);
        }
        catch
        {
            Lock.Release();
            throw;
        }
    }
}
