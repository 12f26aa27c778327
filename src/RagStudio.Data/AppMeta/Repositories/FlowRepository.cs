using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Flows: graphs of tools and prompts that the user has composed.</summary>
/// <remarks>Thread-safe, and safe to use alongside other processes; each call creates a context.</remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the rows and their ids.</param>
public sealed class FlowRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    /// <summary>Creates a flow.</summary>
    /// <returns>The flow as it is stored.</returns>
    /// <exception cref="NameTakenException">The name is taken; nothing was written.</exception>
    /// <exception cref="RowRefusedException">The definition is not JSON; nothing was written.</exception>
    public async Task<Flow> CreateAsync(NewFlow added, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(added);
        var now = time.GetStoredNow();
        var row = new Flow
        {
            Id = added.Id ?? RowId.New(time),
            Name = added.Name,
            Description = added.Description,
            Definition = added.Definition,
            Enabled = added.Enabled,
            CreatedAt = now,
            UpdatedAt = now,
        };
        using var context = contexts.CreateDbContext();
        return await context.InsertNamedAsync(row, row.Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a flow: reads it, hands it to <paramref name="edit"/>, and writes what that has changed.</summary>
    /// <remarks>Nobody can write between the reading and the writing, so no change of another writer is lost.</remarks>
    /// <param name="id">The flow.</param>
    /// <param name="edit">Sets the new values. It runs within a transaction: keep it short.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>The flow as it is stored now; null if there is none.</returns>
    /// <exception cref="NameTakenException">The new name is taken; nothing was written.</exception>
    public async Task<Flow?> EditAsync(string id, Action<Flow> edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        using var context = contexts.CreateDbContext();
        return await context
            .EditAsync<Flow>(
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

    /// <summary>Deletes a flow.</summary>
    /// <returns>False if there is no such flow.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
                .Flows.Where(row => row.Id == id)
                .ExecuteDeleteAsync(cancellationToken)
                .ConfigureAwait(false) == 1;
    }

    /// <summary>Finds a flow by id; null if there is none.</summary>
    public async Task<Flow?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Flows.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Finds a flow by name, with its graph; null if there is none.</summary>
    public async Task<Flow?> FindByNameAsync(string name, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Flows.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Name == name, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists a page of all flows, sorted by name.</summary>
    /// <param name="afterName">The name of the last flow on the previous page; null for the first page.</param>
    /// <param name="limit">The maximum number of flows; fewer mean that this is the last page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<FlowSummary>> ListAsync(
        string? afterName,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var after = afterName ?? "";
        using var context = contexts.CreateDbContext();
        return await context
            .Flows.Where(row => string.Compare(row.Name, after) > 0)
            .OrderBy(row => row.Name)
            .Take(limit)
            .Select(row => new FlowSummary(row.Id, row.Name, row.Description, row.Enabled, row.UpdatedAt))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Replaces a flow's graph, given as JSON.</summary>
    /// <returns>False if there is no such flow.</returns>
    /// <exception cref="RowRefusedException">
    /// The definition is not JSON; nothing was written.
    /// </exception>
    public async Task<bool> RedefineAsync(string id, string definition, CancellationToken cancellationToken = default)
    {
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .Flows.Where(row => row.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Definition, definition).SetProperty(row => row.UpdatedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }

    /// <summary>Allows a flow to be started, or prevents it.</summary>
    /// <returns>False if there is no such flow.</returns>
    public async Task<bool> SetEnabledAsync(string id, bool enabled, CancellationToken cancellationToken = default)
    {
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .Flows.Where(row => row.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Enabled, enabled).SetProperty(row => row.UpdatedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }
}
