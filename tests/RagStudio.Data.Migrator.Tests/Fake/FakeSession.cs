namespace RagStudio.Data.Migrator.Tests;

/// <summary>A fake storage that is held: its content is kept in memory and written at each commit.</summary>
internal sealed class FakeSession(FakeStorage storage, FakeContent content) : IStorageSession
{
    private const long Pages = 1;

    private FakeContent _content = content;

    public bool Existed { get; private set; } = content.HoldsAnything();

    public Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_content.StateOf(database.Name, historyLimit: 0));
    }

    public async Task<long> BackUpAsync(string file, IProgress<(long Copied, long Total)>? progress, WorkLimits limits)
    {
        FakeWork.ThrowIfOver(limits);
        storage.Calls.Enter("backup", storage.Name);
        await using var copy = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        var content = _content.Copy();
        storage.OnCopied(content);
        await copy.WriteAsync(content.ToJson(), limits.Token);
        progress?.Report((Pages, Pages));
        return Pages;
    }

    public Task RestoreAsync(string? file)
    {
        storage.Calls.Enter("restore", storage.Name);
        Commit(file is null ? new FakeContent() : FakeStorage.Read(file, MigrationPhase.RollBack));
        Existed = file is not null;
        return Task.CompletedTask;
    }

    public async Task MigrateAsync(
        IMigrationDatabase database,
        MigrationTarget target,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        storage.Calls.Enter("migrate", database.Name);
        var fake = (FakeDatabase)database;
        foreach (var (migration, reverts) in fake.Steps(_content.AppliedTo(database.Name), target))
        {
            var step = new FakeStep(fake.Name, migration, reverts, observer);
            Commit(await step.RunAsync(_content.Copy(), cancellationToken));
            observer.Applied(step.Describe());
        }
    }

    public Task<StorageCheck> CheckAsync(WorkLimits limits)
    {
        FakeWork.ThrowIfOver(limits);
        storage.Calls.Enter("check", storage.Name);
        return Task.FromResult(_content.Check());
    }

    public Task<IReadOnlyDictionary<string, long>> CountRowsAsync(WorkLimits limits)
    {
        FakeWork.ThrowIfOver(limits);
        return Task.FromResult(_content.CountRows());
    }

    public Task AppendAsync(MigrationRecord record)
    {
        storage.Calls.Enter("append", storage.Name);
        var draft = _content.Copy();
        draft.Append(record);
        Commit(draft);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        storage.LetGo(isEmpty: !_content.HoldsAnything());
        return ValueTask.CompletedTask;
    }

    private void Commit(FakeContent draft)
    {
        storage.Write(draft);
        _content = draft;
    }
}
