using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Pipelines: the recipes by which documents are taken in.</summary>
/// <remarks>Thread-safe, and safe beside other processes; each call creates a context.</remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the rows and their ids.</param>
public sealed class PipelineRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    /// <summary>Makes a pipeline.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="NameTakenException">The name is taken; nothing was written.</exception>
    public async Task<string> CreateAsync(NewPipeline added, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(added);
        var now = time.GetUtcNow();
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
        await context.InsertNamedAsync(row, row.Name, cancellationToken).ConfigureAwait(false);
        return row.Id;
    }

    /// <summary>One pipeline by its id, or null.</summary>
    public async Task<Pipeline?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Pipelines.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>A page of all pipelines, in the order of their names.</summary>
    /// <param name="afterName">Name of the last pipeline of the page before, or null for the first page.</param>
    /// <param name="limit">Most pipelines that the page may have; fewer mean that it is the last.</param>
    /// <param name="cancellationToken">Ends the call.</param>
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

    /// <summary>Says whether a pipeline may be run.</summary>
    /// <returns>False where there is no such pipeline.</returns>
    public async Task<bool> SetStatusAsync(
        string id,
        PipelineStatus status,
        CancellationToken cancellationToken = default
    )
    {
        var now = time.GetUtcNow();
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
