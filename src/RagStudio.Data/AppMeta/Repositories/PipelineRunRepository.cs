using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Runs of pipelines.</summary>
/// <remarks>
/// Thread-safe, and safe to use alongside other processes; each call creates a context. A run goes from
/// pending to running to one of three final states. A transition that is not possible, or a run that does not
/// exist, changes nothing and returns false.
/// </remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the runs and their ids.</param>
public sealed class PipelineRunRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    /// <summary>Records a pending run.</summary>
    /// <param name="pipelineId">The pipeline to run.</param>
    /// <param name="knowledgeBaseId">The knowledge base that it fills, or null.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>The run as it is stored.</returns>
    /// <exception cref="RowRefusedException">There is no such pipeline or knowledge base; nothing was written.</exception>
    public Task<PipelineRun> EnqueueAsync(
        string pipelineId,
        string? knowledgeBaseId = null,
        CancellationToken cancellationToken = default
    ) => InsertAsync(pipelineId, knowledgeBaseId, startedAt: null, cancellationToken);

    /// <summary>Records a run that starts now.</summary>
    /// <param name="pipelineId">The pipeline that runs.</param>
    /// <param name="knowledgeBaseId">The knowledge base that it fills, or null.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>The run as it is stored.</returns>
    /// <exception cref="RowRefusedException">There is no such pipeline or knowledge base; nothing was written.</exception>
    public Task<PipelineRun> StartAsync(
        string pipelineId,
        string? knowledgeBaseId = null,
        CancellationToken cancellationToken = default
    ) => InsertAsync(pipelineId, knowledgeBaseId, time.GetStoredNow(), cancellationToken);

    /// <summary>Starts a pending run.</summary>
    /// <returns>False, with nothing written, if the run is not pending.</returns>
    public async Task<bool> StartQueuedAsync(string runId, CancellationToken cancellationToken = default)
    {
        DateTimeOffset? now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .PipelineRuns.Where(row => row.Id == runId && row.Status == PipelineRunStatus.Pending)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.Status, PipelineRunStatus.Running)
                            .SetProperty(row => row.StartedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }

    /// <summary>Completes a running run.</summary>
    /// <returns>False, with nothing written, if the run is not running.</returns>
    public Task<bool> FinishAsync(
        string runId,
        RunResult result = default,
        CancellationToken cancellationToken = default
    ) => EndAsync(runId, PipelineRunStatus.Completed, error: null, result, cancellationToken);

    /// <summary>Fails a running run with an error, which the run records.</summary>
    /// <returns>False, with nothing written, if the run is not running.</returns>
    public Task<bool> FailAsync(
        string runId,
        string errorMessage,
        RunResult result = default,
        CancellationToken cancellationToken = default
    ) => EndAsync(runId, PipelineRunStatus.Failed, errorMessage, result, cancellationToken);

    /// <summary>Cancels a pending or running run.</summary>
    /// <returns>False, with nothing written, if the run has already ended.</returns>
    public Task<bool> CancelAsync(string runId, CancellationToken cancellationToken = default) =>
        EndAsync(runId, PipelineRunStatus.Cancelled, error: null, result: default, cancellationToken);

    /// <summary>Finds a run by id, with its metrics and artifacts; null if there is none.</summary>
    public async Task<PipelineRun?> FindAsync(string runId, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .PipelineRuns.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == runId, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists the most recently started runs of all pipelines, newest first.</summary>
    public async Task<IReadOnlyList<PipelineRunSummary>> ListRecentAsync(
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        using var context = contexts.CreateDbContext();
        var started = context.PipelineRuns.Where(row => row.StartedAt != null);
        return await NewestFirst(started).Take(limit).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the most recently started runs of a pipeline, newest first.</summary>
    public async Task<IReadOnlyList<PipelineRunSummary>> ListRecentAsync(
        string pipelineId,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        using var context = contexts.CreateDbContext();
        var started = context.PipelineRuns.Where(row => row.PipelineId == pipelineId && row.StartedAt != null);
        return await NewestFirst(started).Take(limit).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the running runs, newest first.</summary>
    public async Task<IReadOnlyList<PipelineRunSummary>> ListRunningAsync(CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        var running = context.PipelineRuns.Where(row => row.Status == PipelineRunStatus.Running);
        return await NewestFirst(running).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the runs that wait for their start, oldest first.</summary>
    public async Task<IReadOnlyList<PipelineRunSummary>> ListPendingAsync(
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        using var context = contexts.CreateDbContext();
        var pending = context
            .PipelineRuns.Where(row => row.Status == PipelineRunStatus.Pending)
            .OrderBy(row => row.Id)
            .Take(limit);
        return await Summaries(pending).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the runs of a pipeline that have ended, so that the pipeline can be deleted.</summary>
    /// <returns>The number of deleted runs.</returns>
    public async Task<int> DeleteEndedAsync(string pipelineId, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .PipelineRuns.Where(row =>
                row.PipelineId == pipelineId
                && row.Status != PipelineRunStatus.Pending
                && row.Status != PipelineRunStatus.Running
            )
            .ExecuteDeleteAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private static IQueryable<PipelineRunSummary> NewestFirst(IQueryable<PipelineRun> rows) =>
        Summaries(rows.OrderByDescending(row => row.StartedAt));

    private static IQueryable<PipelineRunSummary> Summaries(IQueryable<PipelineRun> rows) =>
        rows.Select(row => new PipelineRunSummary(
            row.Id,
            row.PipelineId,
            row.KnowledgeBaseId,
            row.Status,
            row.StartedAt,
            row.CompletedAt,
            row.ErrorMessage
        ));

    private async Task<PipelineRun> InsertAsync(
        string pipelineId,
        string? knowledgeBaseId,
        DateTimeOffset? startedAt,
        CancellationToken cancellationToken
    )
    {
        var row = new PipelineRun
        {
            Id = RowId.New(time),
            PipelineId = pipelineId,
            KnowledgeBaseId = knowledgeBaseId,
            Status = startedAt is null ? PipelineRunStatus.Pending : PipelineRunStatus.Running,
            StartedAt = startedAt,
        };
        using var context = contexts.CreateDbContext();
        context.Add(row);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return row;
    }

    // The WHERE and the write are a single statement: of two callers that end a run at once, only one does.
    private async Task<bool> EndAsync(
        string runId,
        PipelineRunStatus end,
        string? error,
        RunResult result,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset? now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        var ended = await WhereCanEnd(context.PipelineRuns, end)
            .Where(row => row.Id == runId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Status, end)
                        .SetProperty(row => row.CompletedAt, now)
                        .SetProperty(row => row.ErrorMessage, error)
                        .SetProperty(row => row.Metrics, result.Metrics)
                        .SetProperty(row => row.Artifacts, result.Artifacts),
                cancellationToken
            )
            .ConfigureAwait(false);
        return ended == 1;
    }

    private static IQueryable<PipelineRun> WhereCanEnd(IQueryable<PipelineRun> rows, PipelineRunStatus end) =>
        end == PipelineRunStatus.Cancelled
            ? rows.Where(row => row.Status == PipelineRunStatus.Running || row.Status == PipelineRunStatus.Pending)
            : rows.Where(row => row.Status == PipelineRunStatus.Running);
}
