using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>A locked fake storage: its content is kept in memory and written at each commit.</summary>
internal sealed class FakeSession(FakeStorage storage, FakeContent content)
    : FakeReader(storage, content),
        IStorageSession
{
    public bool Existed { get; private set; } = content.HoldsAnything();

    public Task RestoreAsync(string? file)
    {
        Storage.Calls.Enter("restore", Storage.Name);
        Commit(file is null ? new FakeContent() : FakeStorage.ReadCopy(file, MigrationPhase.RollBack));
        Existed = file is not null;
        return Task.CompletedTask;
    }

    public async Task<string?> MigrateAsync(
        IMigrationDatabase database,
        MigrationTarget target,
        CompiledSteps? compiled,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    )
    {
        Storage.Calls.Enter("migrate", database.Name);
        var fake = (FakeDatabase)database;
        foreach (var (migration, reverts) in fake.Steps(Content.AppliedTo(database.Name), target))
        {
            var step = new FakeStep(fake, migration, reverts, observer);
            var draft = await step.RunAsync(Content.Copy(), cancellationToken);
            observer.Counted([.. observer.Watched.Select(table => Count(table, draft))]);
            Commit(draft);
            observer.Applied(step.Describe());
        }
        return null;
    }

    public Task DeferFlushAsync()
    {
        Storage.Calls.Enter("defer", Storage.Name);
        return Task.CompletedTask;
    }

    public Task FlushAsync()
    {
        Storage.Calls.Enter("flush", Storage.Name);
        return Task.CompletedTask;
    }

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
        Storage.LetGo(isEmpty: !Content.HoldsAnything());
    }

    private static TableRows Count(WatchedTable table, FakeContent draft) =>
        draft.Tables.TryGetValue(table.Name, out var rows)
            ? new TableRows(table.Name, table.Name, rows.Count)
            : new TableRows(table.Name, null, 0);

    private void Commit(FakeContent draft)
    {
        Storage.Write(draft);
        Content = draft;
    }
}
