using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>A locked fake storage: what it writes is a draft until it is committed.</summary>
internal sealed class FakeSession(FakeStorage storage, FakeContent content)
    : FakeReader(storage, content),
        IStorageSession
{
    /// <summary>The open transaction, with the content at its beginning.</summary>
    private Transaction? _transaction;
    private bool _isCommitted;

    public bool Existed { get; private set; } = content.HoldsAnything();

    public string? Replaced => Storage.KeepsReplaced ? $"old {Storage.Name}" : null;

    public Task RestoreAsync(string? file)
    {
        Storage.Calls.Enter("restore", Storage.Name);
        Commit(file is null ? new FakeContent() : FakeStorage.ReadCopy(file, MigrationPhase.RollBack));
        Existed = file is not null;
        return Task.CompletedTask;
    }

    public async Task<string?> MigrateAsync(
        IMigrationDatabase database,
        CompiledSteps steps,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        Storage.Calls.Enter("migrate", database.Name);
        var fake = (FakeDatabase)database;
        foreach (var (migration, reverts) in fake.Steps(steps))
        {
            var step = new FakeStep(fake, migration, reverts, observer);
            var draft = await step.RunAsync(Content.Copy(), cancellationToken);
            observer.Counted([.. observer.Watched.Select(table => Count(table, draft))]);
            Commit(draft);
            observer.Applied(step.Describe());
        }
        return null;
    }

    public UndoMethod Undo => Storage.IsTransactional ? UndoMethod.Transaction : UndoMethod.Restore;

    public Task BeginAsync(IReadOnlyList<PlannedSteps> steps, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        Storage.Calls.Enter("begin", Storage.Name);
        Storage.Calls.Planned.AddRange(steps.Select(step => string.Join(' ', [step.Database.Name, .. step.Versions])));
        _transaction = Storage.IsTransactional ? new Transaction(Content, Existed) : null;
        return Task.CompletedTask;
    }

    public Task PrepareCommitAsync(IDatabaseStorage decidedBy)
    {
        Storage.Calls.Enter("prepare", Storage.Name);
        if (_transaction is not null && Storage.Server.PreparesCommits)
        {
            Storage.Server.Prepare(Storage.Key, Content.ToJson(), decidedBy.Key);
        }
        return Task.CompletedTask;
    }

    public Task CommitAsync()
    {
        Storage.Calls.Enter("commit", Storage.Name);
        if (_transaction is not null)
        {
            (_transaction, _isCommitted) = (null, true);
            Storage.Server.Commit(Storage.Key, Content.ToJson());
        }
        return Task.CompletedTask;
    }

    public Task RollBackAsync()
    {
        Storage.Calls.Enter("roll back", Storage.Name);
        if (!Storage.IsTransactional || _isCommitted || Storage.Server.IsDecided(Storage.Key))
        {
            throw new InvalidOperationException("There is nothing that could be rolled back.");
        }
        Storage.Server.Resolve(Storage.Key);
        if (_transaction is { } begun)
        {
            (Content, Existed, _transaction) = (begun.Content, begun.Existed, null);
        }
        return Task.CompletedTask;
    }

    public TimeSpan? LocksHeld => _isCommitted ? Storage.LocksHeld : null;

    public bool IsContention(Exception failure) => Storage.IsContention(failure);

    public Task AppendAsync(IMigrationDatabase database, MigrationRecord record)
    {
        Storage.Calls.Enter("append", Storage.Name);
        var draft = Content.Copy();
        draft.Append(record);
        Commit(draft);
        return Task.CompletedTask;
    }

    public Task WriteCacheAsync(IMigrationDatabase database, DatabaseCache cache)
    {
        var draft = Content.Copy();
        draft.Keep(database.Name, cache);
        Commit(draft);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Content = _transaction?.Content ?? Content;
        Storage.LetGo(isEmpty: !Content.HoldsAnything());
    }

    private static TableRows Count(WatchedTable table, FakeContent draft) =>
        draft.Tables.TryGetValue(table.Name, out var rows)
            ? new TableRows(table.Name, table.Name, rows.Count)
            : new TableRows(table.Name, null, 0);

    private void Commit(FakeContent draft)
    {
        if (_transaction is null)
        {
            Storage.Write(draft);
        }
        Content = draft;
    }

    private sealed record Transaction(FakeContent Content, bool Existed);
}
