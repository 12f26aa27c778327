using System.Text.Json;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>
/// Content in the memory of a server, replaced as a whole at each commit. It is not a file, and nothing lies
/// beside it.
/// </summary>
internal sealed class FakeStorage(FakeServer server, string key, FakeCalls? calls = null) : IDatabaseStorage
{
    public string Key => key;

    public string DisplayName => key;

    public bool HasJournal { get; set; } = true;

    public bool HasScratch { get; set; } = true;

    public IJournalStore? Journal => HasJournal ? server.JournalOf(key) : null;

    public IScratchStore? Scratch => HasScratch ? new FakeScratch(server, Calls) : null;

    public IKeepsakeStore? Keepsakes { get; set; }

    public string? CannotBackUp { get; set; }

    /// <summary>Why a rehearsal finds that it cannot be copied.</summary>
    public string? CannotClone { get; set; }

    /// <summary>For how long a run, or a rehearsal on a copy, is said to hold its locks.</summary>
    public TimeSpan? LocksHeld { get; set; }

    /// <summary>What a rehearsal is told of its copy.</summary>
    public IReadOnlyList<ClonedTable> Cloned { get; set; } = [];

    /// <summary>How often its size was asked for.</summary>
    public int SizesRead { get; private set; }

    public string CopyExtension => ".json";

    public bool IsTransactional => server.IsTransactional;

    public string Name => Path.GetFileNameWithoutExtension(key);

    public FakeCalls Calls { get; } = calls ?? new FakeCalls();

    public List<TimeSpan> LockTimeouts { get; } = [];

    /// <summary>True if a copy tells what it holds only when it is restored.</summary>
    public bool KeepsCopiesElsewhere { get; set; }

    /// <summary>Why a copy cannot be restored to check it.</summary>
    public string? NotRestored { get; set; }

    /// <summary>True if a restore keeps what it replaces.</summary>
    public bool KeepsReplaced { get; set; }

    /// <summary>Determines if others have caused a failure.</summary>
    public Func<Exception, bool> IsContention { get; set; } = _ => false;

    /// <summary>Damages copies as they are made.</summary>
    public Action<FakeContent> OnCopied { get; set; } = _ => { };

    public bool Exists => server.Find(key) is not null;

    private SemaphoreSlim Lock => server.LockOf(key);

    public ValueTask<bool> ExistsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Exists);

    public ValueTask<long> ReadSizeAsync(CancellationToken cancellationToken)
    {
        SizesRead++;
        return ValueTask.FromResult(server.Find(key)?.LongLength ?? 0);
    }

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
        if (!IsTransactional && Lock.CurrentCount == 0)
        {
            throw new DatabaseLockedException(MigrationPhase.Plan, key, TimeSpan.Zero);
        }
        var state = Read(MigrationPhase.Plan).StateOf(database.Name, historyLimit);
        return Task.FromResult(state with { IsInterrupted = server.IsPrepared(key) });
    }

    public Task<IStorageReader?> OpenReaderAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IStorageReader?>(Exists ? new FakeReader(this, Read(MigrationPhase.Plan)) : null);
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

    public async Task<IStorageSession> OpenAsync(
        RunIdentity run,
        TimeSpan lockTimeout,
        CancellationToken cancellationToken
    )
    {
        LockTimeouts.Add(lockTimeout);
        Calls.Enter("open", Name);
        if (!FakeServer.HasRoomFor(key))
        {
            throw new DatabaseAccessException(
                MigrationPhase.Lock,
                key,
                DatabaseProblem.CannotOpen,
                "its folder is missing"
            );
        }
        if (!await Lock.WaitAsync(lockTimeout, cancellationToken))
        {
            throw new DatabaseLockedException(MigrationPhase.Lock, key, lockTimeout);
        }
        return Hold();
    }

    public Task<HistoryTrace> TraceCopyAsync(string file, CancellationToken cancellationToken) =>
        Task.FromResult(ReadCopy(file, MigrationPhase.BackUp).Trace());

    public Task<CopyInspection> InspectCopyAsync(
        string file,
        IReadOnlyList<IMigrationDatabase> databases,
        WorkLimits limits
    )
    {
        FakeWork.ThrowIfOver(limits);
        var copy = ReadCopy(file, MigrationPhase.BackUp);
        if (KeepsCopiesElsewhere || NotRestored is not null)
        {
            return Task.FromResult(
                new CopyInspection(StorageCheck.Clean, Rows: null, Applied: null) { NotRestored = NotRestored }
            );
        }
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

    public bool Equals(IDatabaseStorage? other) =>
        other is FakeStorage storage && storage.Key == key && storage.Server == server;

    public override bool Equals(object? obj) => Equals(obj as IDatabaseStorage);

    public override int GetHashCode() => key.GetHashCode(StringComparison.Ordinal);

    /// <summary>Reads the content as an application would that bypasses the migrator.</summary>
    public FakeContent Read() => Exists ? Read(MigrationPhase.Plan) : new FakeContent();

    /// <summary>Replaces the content atomically: a reader sees either the old or the new one.</summary>
    public void Write(FakeContent content) => server.Write(key, content.ToJson());

    /// <summary>Replaces the content by what is none.</summary>
    public void Spoil() => server.Write(key, "no database"u8.ToArray());

    public void LetGo(bool isEmpty)
    {
        Calls.Enter("close", Name);
        if (isEmpty)
        {
            server.Remove(key);
        }
        Lock.Release();
    }

    internal static FakeContent ReadCopy(string file, MigrationPhase phase) =>
        Parse(File.ReadAllBytes(file), file, phase);

    public FakeServer Server => server;

    private FakeContent Read(MigrationPhase phase) => Parse(server.Find(key)!, key, phase);

    private static FakeContent Parse(byte[] json, string place, MigrationPhase phase)
    {
        try
        {
            return FakeContent.Parse(json);
        }
        catch (JsonException failure)
        {
            throw new DatabaseAccessException(phase, place, DatabaseProblem.NotADatabase, failure.Message, failure);
        }
    }

    private FakeSession Hold()
    {
        try
        {
            server.Resolve(key);
            var content = Exists ? Read(MigrationPhase.Lock) : new FakeContent();
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
