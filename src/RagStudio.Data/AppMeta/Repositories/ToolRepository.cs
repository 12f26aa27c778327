using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Tools: functions that are offered to language models.</summary>
/// <remarks>Thread-safe, and safe to use alongside other processes; each call creates a context.</remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the rows and their ids.</param>
public sealed class ToolRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    /// <summary>Creates a tool.</summary>
    /// <returns>The tool as it is stored.</returns>
    /// <exception cref="NameTakenException">The name is taken; nothing was written.</exception>
    /// <exception cref="RowRefusedException">Config or schema is not JSON; nothing was written.</exception>
    public async Task<Tool> CreateAsync(NewTool added, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(added);
        var now = time.GetStoredNow();
        var row = new Tool
        {
            Id = added.Id ?? RowId.New(time),
            Name = added.Name,
            Type = added.Type,
            Config = added.Config,
            Schema = added.Schema,
            Enabled = added.Enabled,
            CreatedAt = now,
            UpdatedAt = now,
        };
        using var context = contexts.CreateDbContext();
        return await context.InsertNamedAsync(row, row.Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a tool: reads it, hands it to <paramref name="edit"/>, and writes what that has changed.</summary>
    /// <remarks>Nobody can write between the reading and the writing, so no change of another writer is lost.</remarks>
    /// <param name="id">The tool.</param>
    /// <param name="edit">Sets the new values. It runs within a transaction: keep it short.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>The tool as it is stored now; null if there is none.</returns>
    /// <exception cref="NameTakenException">The new name is taken; nothing was written.</exception>
    public async Task<Tool?> EditAsync(string id, Action<Tool> edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        using var context = contexts.CreateDbContext();
        return await context
            .EditAsync<Tool>(
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

    /// <summary>Deletes a tool.</summary>
    /// <returns>False if there is no such tool.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
                .Tools.Where(row => row.Id == id)
                .ExecuteDeleteAsync(cancellationToken)
                .ConfigureAwait(false) == 1;
    }

    /// <summary>Finds a tool by id; null if there is none.</summary>
    public async Task<Tool?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Tools.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Finds a tool by name, enabled or not; null if there is none.</summary>
    public async Task<Tool?> FindByNameAsync(string name, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Tools.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Name == name, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists a page of all tools, sorted by name.</summary>
    /// <param name="afterName">The name of the last tool on the previous page; null for the first page.</param>
    /// <param name="limit">The maximum number of tools; fewer mean that this is the last page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ToolSummary>> ListAsync(
        string? afterName,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var after = afterName ?? "";
        using var context = contexts.CreateDbContext();
        return await context
            .Tools.Where(row => string.Compare(row.Name, after) > 0)
            .OrderBy(row => row.Name)
            .Take(limit)
            .Select(row => new ToolSummary(row.Id, row.Name, row.Type, row.Enabled, row.UpdatedAt))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists a page of the enabled tools, sorted by name.</summary>
    /// <param name="afterName">The name of the last tool on the previous page; null for the first page.</param>
    /// <param name="limit">The maximum number of tools; fewer mean that this is the last page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ToolOffer>> ListEnabledAsync(
        string? afterName,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var after = afterName ?? "";
        using var context = contexts.CreateDbContext();
        return await context
            .Tools.Where(row => row.Enabled && string.Compare(row.Name, after) > 0)
            .OrderBy(row => row.Name)
            .Take(limit)
            .Select(row => new ToolOffer(row.Id, row.Name, row.Type, row.Config, row.Schema))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Replaces a tool's configuration and arguments, both given as JSON.</summary>
    /// <returns>False if there is no such tool.</returns>
    /// <exception cref="RowRefusedException">
    /// One of them is not JSON; nothing was written.
    /// </exception>
    public async Task<bool> ReconfigureAsync(
        string id,
        string config,
        string schema,
        CancellationToken cancellationToken = default
    )
    {
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .Tools.Where(row => row.Id == id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.Config, config)
                            .SetProperty(row => row.Schema, schema)
                            .SetProperty(row => row.UpdatedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }

    /// <summary>Offers a tool to models, or hides it from them.</summary>
    /// <returns>False if there is no such tool.</returns>
    public async Task<bool> SetEnabledAsync(string id, bool enabled, CancellationToken cancellationToken = default)
    {
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .Tools.Where(row => row.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Enabled, enabled).SetProperty(row => row.UpdatedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }
}
