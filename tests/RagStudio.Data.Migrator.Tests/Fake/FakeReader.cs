using System.Security.Cryptography;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>
/// A fake storage as of when it was opened. A query is the name of a table, whose rows it returns or counts.
/// </summary>
internal class FakeReader(FakeStorage storage, FakeContent content) : IStorageReader
{
    private const long Pages = 1;
    private const string Count = "SELECT count(*) FROM ";

    protected FakeStorage Storage => storage;

    protected FakeContent Content { get; set; } = content;

    public Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Content.StateOf(database.Name, historyLimit: 0));
    }

    public Task<HistoryTrace> ReadHistoryTraceAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Content.Trace());
    }

    public async Task<StorageCopy> BackUpAsync(
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    )
    {
        FakeWork.ThrowIfOver(limits);
        storage.Calls.Enter("backup", storage.Name);
        await using var copy = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        var content = Content.Copy();
        storage.OnCopied(content);
        var json = content.ToJson();
        await copy.WriteAsync(json, limits.Token);
        progress?.Report((json.Length, json.Length));
        return new StorageCopy(Pages, Convert.ToHexStringLower(SHA256.HashData(json)));
    }

    public Task<IReadOnlyList<ClonedTable>> CloneAsync(
        IDatabaseStorage copy,
        CloneRequest request,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    )
    {
        FakeWork.ThrowIfOver(limits);
        storage.Calls.Enter("backup", storage.Name);
        if (storage.CannotClone is { } reason)
        {
            throw new NoScratchException(reason);
        }
        ((FakeStorage)copy).Write(Content);
        return Task.FromResult(storage.Cloned);
    }

    public Task<StorageCheck> CheckAsync(CheckDepth depth, WorkLimits limits)
    {
        FakeWork.ThrowIfOver(limits);
        storage.Calls.Enter("check", storage.Name);
        return Task.FromResult(Content.Check());
    }

    public Task<IReadOnlyDictionary<string, long>> CountRowsAsync(WorkLimits limits)
    {
        FakeWork.ThrowIfOver(limits);
        return Task.FromResult(Content.CountRows());
    }

    public Task<DatabaseSchema> ReadSchemaAsync(IReadOnlyList<IMigrationDatabase> databases, WorkLimits limits) =>
        Task.FromResult(FakeContent.SchemaOf(Content.Tables.Keys));

    public Task<IReadOnlyList<ValidationWarning>> FindPerformanceIssuesAsync(
        DatabaseSchema schema,
        WorkLimits limits
    ) => Task.FromResult<IReadOnlyList<ValidationWarning>>([]);

    public virtual Task QueryAsync(
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach,
        WorkLimits limits
    )
    {
        FakeWork.ThrowIfOver(limits);
        if (sql.StartsWith(Count, StringComparison.Ordinal))
        {
            forEach(new FakeRow($"{Content.Tables[sql[Count.Length..]].Count}"));
            return Task.CompletedTask;
        }
        foreach (var row in Content.Tables[sql])
        {
            forEach(new FakeRow(row));
        }
        return Task.CompletedTask;
    }

    public virtual string Quote(string identifier) => identifier;

    public virtual string QuoteTable(string table) => Quote(table);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
