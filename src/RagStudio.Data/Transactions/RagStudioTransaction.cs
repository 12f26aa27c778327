using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>A transaction over several repositories and the event store.</summary>
/// <remarks>
/// <para>Everything written through its repositories and stores is committed by <see cref="CommitAsync"/>, or rolled back
/// when it is disposed. They read what the transaction has written; others do not, until it is committed. A call that
/// throws has written nothing, and the transaction can go on; on PostgreSQL, a call that writes a single statement, such as
/// a delete, ends it instead: only a rollback is left.</para>
/// <para>It holds the write lock of each database that it covers: keep it short. Used by one caller at a time.</para>
/// </remarks>
public sealed class RagStudioTransaction : IAsyncDisposable
{
    private readonly AppMetaContext? _rows;
    private readonly EventsContext? _log;
    private readonly TransactionKind _kind;
    private readonly TimeProvider _time;
    private EnlistedContexts<AppMetaContext>? _appMeta;
    private EnlistedContexts<EventsContext>? _events;

    internal RagStudioTransaction(AppMetaContext? rows, EventsContext? log, TransactionKind kind, TimeProvider time) =>
        (_rows, _log, _kind, _time) = (rows, log, kind, time);

    /// <summary>
    /// True if everything is committed as one; false if two databases are committed one after the other.
    /// </summary>
    public bool IsAtomic { get; private set; }

    /// <summary>The knowledge bases, within the transaction.</summary>
    public KnowledgeBaseRepository KnowledgeBases => new(AppMeta, _time);

    /// <summary>The documents and chunks, within the transaction.</summary>
    public DocumentRepository Documents => new(AppMeta, _time);

    /// <summary>The search over chunks, within the transaction.</summary>
    public ChunkSearch ChunkSearch => new(AppMeta);

    /// <summary>The pipelines, within the transaction.</summary>
    public PipelineRepository Pipelines => new(AppMeta, _time);

    /// <summary>The runs of pipelines, within the transaction.</summary>
    public PipelineRunRepository PipelineRuns => new(AppMeta, _time);

    /// <summary>The tools, within the transaction.</summary>
    public ToolRepository Tools => new(AppMeta, _time);

    /// <summary>The schedules, within the transaction.</summary>
    public ScheduleRepository Schedules => new(AppMeta, _time);

    /// <summary>The flows, within the transaction.</summary>
    public FlowRepository Flows => new(AppMeta, _time);

    /// <summary>The settings, within the transaction.</summary>
    public SettingsRepository Settings => new(AppMeta, _time);

    /// <summary>The event log, within the transaction.</summary>
    public EventStore Events => new(Log, _time);

    /// <summary>The snapshots, within the transaction.</summary>
    public SnapshotStore Snapshots => new(Log, _time);

    /// <summary>The checkpoints, within the transaction.</summary>
    public CheckpointStore Checkpoints => new(Log, _time);

    /// <summary>Creates contexts over the rows that work within the transaction.</summary>
    /// <exception cref="InvalidOperationException">The transaction does not cover the rows.</exception>
    public IDbContextFactory<AppMetaContext> AppMeta => _appMeta ?? throw NotCovered("rows");

    /// <summary>Creates contexts over the events that work within the transaction.</summary>
    /// <exception cref="InvalidOperationException">The transaction does not cover the events.</exception>
    public IDbContextFactory<EventsContext> Log => _events ?? throw NotCovered("events");

    /// <summary>Commits everything.</summary>
    /// <param name="cancellationToken">Cancels the call before anything is committed.</param>
    /// <exception cref="PartialCommitException">
    /// The first of two databases is committed, but the second could not be. Any other exception means that nothing is.
    /// </exception>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        DbContext?[] order = _kind == TransactionKind.EventsThenAppMeta ? [_log, _rows] : [_rows, _log];
        var contexts = order.OfType<DbContext>().Where(context => context.Database.CurrentTransaction is not null);
        DbContext? committed = null;
        foreach (var context in contexts)
        {
            if (committed is null)
            {
                await context.Database.CommitTransactionAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await CommitSecondAsync(committed, context).ConfigureAwait(false);
            }
            committed = context;
        }
    }

    /// <summary>Rolls back whatever is not committed, and releases the locks.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_log is not null)
        {
            await _log.DisposeAsync().ConfigureAwait(false);
        }
        if (_rows is not null)
        {
            await _rows.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        IsAtomic = _rows is null || _log is null || AreOneDatabase(_rows, _log);
        if (_kind == TransactionKind.Atomic && !IsAtomic)
        {
            throw new SeparateDatabasesException();
        }

        // In one database both use the connection of the events, whose commits are the more durable ones.
        IDbContextTransaction? shared = null;
        if (_rows is not null && (_log is null || !IsAtomic))
        {
            shared = await _rows.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
            _appMeta = new(_rows, shared, options => new AppMetaContext(options));
        }
        if (_log is not null)
        {
            shared = await _log.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
            _events = new(_log, shared, options => new EventsContext(options));
        }
        if (_rows is not null && _appMeta is null)
        {
            _appMeta = new(_rows, shared!, options => new AppMetaContext(options));
        }
    }

    // The options of one application name one database in the same way for both contexts.
    internal static bool AreOneDatabase(AppMetaContext rows, EventsContext log) =>
        rows.Database.GetConnectionString() == log.Database.GetConnectionString();

    // Not cancellable: the first database is committed, and the second must follow.
    private static async Task CommitSecondAsync(DbContext first, DbContext second)
    {
        try
        {
            // Events are durable when committed; rows are not, and the events must not refer to rows that get lost.
            if (first is AppMetaContext)
            {
                await first.Database.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            }
            await second.Database.CommitTransactionAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            throw new PartialCommitException(NameOf(first), NameOf(second), failure);
        }
    }

    private static string NameOf(DbContext context) => context is AppMetaContext ? "app_meta" : "events";

    private InvalidOperationException NotCovered(string what) =>
        new($"A transaction of the kind {_kind} does not cover the {what}, or has not begun.");
}
