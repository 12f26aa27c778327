using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Pipelines: recipes for ingesting documents.</summary>
/// <remarks>Thread-safe, and safe to use alongside other processes; each call creates a context.</remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the rows and their ids.</param>
public sealed class PipelineRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    /// <summary>Creates a pipeline.</summary>
    /// <returns>The pipeline as it is stored.</returns>
    /// <exception cref="NameTakenException">The name is taken; nothing was written.</exception>
    public async Task<Pipeline> CreateAsync(NewPipeline added, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(added);
        var now = time.GetStoredNow();
        var row = new Pipeline
        {
            Id = added.Id ?? RowId.New(time),
            Name = added.Name,
            Description = added.Description,
            Config = added.Config,
            Status = added.Status,
            CreatedAt = now,
            UpdatedAt = now,
        };
        using var context = contexts.CreateDbContext();
        return await context.InsertNamedAsync(row, row.Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a pipeline: reads it, hands it to <paramref name="edit"/>, and writes what that has changed.</summary>
    /// <remarks>Nobody can write between the reading and the writing, so no change of another writer is lost.</remarks>
    /// <param name="id">The pipeline.</param>
    /// <param name="edit">Sets the new values. It runs within a transaction: keep it short.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>The pipeline as it is stored now; null if there is none.</returns>
    /// <exception cref="NameTakenException">The new name is taken; nothing was written.</exception>
    public async Task<Pipeline?> EditAsync(
        string id,
        Action<Pipeline> edit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(edit);
        using var context = contexts.CreateDbContext();
        return await context
            .EditAsync<Pipeline>(
                id,
                row =>
                {
                    edit(row);
                    row.UpdatedAt = time.GetStoredNow();
                },
                row => row.Name,
                notEditable: [],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Deletes a pipeline.</summary>
    /// <returns>False if there is no such pipeline.</returns>
    /// <exception cref="RowRefusedException">Schedules or runs refer to it; nothing was deleted.</exception>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
                .Pipelines.Where(row => row.Id == id)
                .ExecuteDeleteAsync(cancellationToken)
                .ConfigureAwait(false) == 1;
    }

    /// <summary>Finds a pipeline by id; null if there is none.</summary>
    public async Task<Pipeline?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Pipelines.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Finds a pipeline by name; null if there is none.</summary>
    public async Task<Pipeline?> FindByNameAsync(string name, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Pipelines.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Name == name, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists a page of all pipelines, sorted by name.</summary>
    /// <param name="afterName">The name of the last pipeline on the previous page; null for the first page.</param>
    /// <param name="limit">The maximum number of pipelines; fewer mean that this is the last page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<PipelineSummary>> ListAsync(
        string? afterName,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var after = afterName ?? "";
        using var context = contexts.CreateDbContext();
        return await context
            .Pipelines.Where(row => string.Compare(row.Name, after) > 0)
            .OrderBy(row => row.Name)
            .Take(limit)
            .Select(row => new PipelineSummary(row.Id, row.Name, row.Description, row.Status, row.UpdatedAt))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Sets the status, which decides if a pipeline may be run.</summary>
    /// <returns>False if there is no such pipeline.</returns>
    public async Task<bool> SetStatusAsync(
        string id,
        PipelineStatus status,
        CancellationToken cancellationToken = default
    )
    {
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .Pipelines.Where(row => row.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Status, status).SetProperty(row => row.UpdatedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }
}
