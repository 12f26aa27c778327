using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Schedules, which start pipelines at set times.</summary>
/// <remarks>Thread-safe, and safe to use alongside other processes; each call creates a context.</remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the rows and their ids.</param>
public sealed class ScheduleRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    /// <summary>Creates a schedule.</summary>
    /// <returns>The schedule as it is stored.</returns>
    /// <exception cref="NameTakenException">The name is taken; nothing was written.</exception>
    /// <exception cref="RowRefusedException">There is no such pipeline; nothing was written.</exception>
    public async Task<Schedule> CreateAsync(NewSchedule added, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(added);
        var now = time.GetStoredNow();
        var row = new Schedule
        {
            Id = added.Id ?? RowId.New(time),
            Name = added.Name,
            CronExpression = added.CronExpression,
            PipelineId = added.PipelineId,
            Enabled = added.Enabled,
            NextRun = added.NextRun?.ToStored(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        using var context = contexts.CreateDbContext();
        return await context.InsertNamedAsync(row, row.Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a schedule: reads it, hands it to <paramref name="edit"/>, and writes what that has changed.</summary>
    /// <remarks>Nobody can write between the reading and the writing, so no change of another writer is lost.</remarks>
    /// <param name="id">The schedule.</param>
    /// <param name="edit">Sets the new values. It runs within a transaction: keep it short.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>The schedule as it is stored now; null if there is none.</returns>
    /// <exception cref="NameTakenException">The new name is taken; nothing was written.</exception>
    public async Task<Schedule?> EditAsync(
        string id,
        Action<Schedule> edit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(edit);
        using var context = contexts.CreateDbContext();
        return await context
            .EditAsync<Schedule>(
                id,
                row =>
                {
                    edit(row);
                    (row.NextRun, row.LastRun) = (row.NextRun?.ToStored(), row.LastRun?.ToStored());
                    row.UpdatedAt = time.GetStoredNow();
                },
                row => row.Name,
                notEditable: [],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Deletes a schedule.</summary>
    /// <returns>False if there is no such schedule.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
                .Schedules.Where(row => row.Id == id)
                .ExecuteDeleteAsync(cancellationToken)
                .ConfigureAwait(false) == 1;
    }

    /// <summary>Finds a schedule by id; null if there is none.</summary>
    public async Task<Schedule?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Schedules.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Finds a schedule by name, enabled or not; null if there is none.</summary>
    public async Task<Schedule?> FindByNameAsync(string name, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .Schedules.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Name == name, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists a page of all schedules, enabled or not, sorted by name.</summary>
    /// <param name="afterName">The name of the last schedule on the previous page; null for the first page.</param>
    /// <param name="limit">The maximum number of schedules; fewer mean that this is the last page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ScheduleSummary>> ListAsync(
        string? afterName,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var after = afterName ?? "";
        using var context = contexts.CreateDbContext();
        return await context
            .Schedules.Where(row => string.Compare(row.Name, after) > 0)
            .OrderBy(row => row.Name)
            .Take(limit)
            .Select(row => new ScheduleSummary(
                row.Id,
                row.Name,
                row.PipelineId,
                row.CronExpression,
                row.Enabled,
                row.LastRun,
                row.NextRun
            ))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists the enabled schedules that are due at a time, longest overdue first.</summary>
    public async Task<IReadOnlyList<DueSchedule>> ListDueAsync(
        DateTimeOffset at,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        using var context = contexts.CreateDbContext();
        return await context
            .Schedules.Where(row => row.NextRun <= at && row.Enabled)
            .OrderBy(row => row.NextRun)
            .Take(limit)
            .Select(row => new DueSchedule(row.Id, row.Name, row.PipelineId, row.CronExpression, row.NextRun!.Value))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Claims a due occurrence: records that the schedule runs now and when it is due next.</summary>
    /// <param name="due">The occurrence, as listed.</param>
    /// <param name="nextRun">The time when it is due next; null for never again.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>
    /// False, with nothing written, if the occurrence was already claimed or the schedule has changed since:
    /// of several schedulers that see the same occurrence, one gets true and starts the pipeline.
    /// </returns>
    public async Task<bool> RecordRunAsync(
        DueSchedule due,
        DateTimeOffset? nextRun,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(due);
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .Schedules.Where(row => row.Id == due.Id && row.NextRun == due.DueAt && row.Enabled)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.LastRun, now)
                            .SetProperty(row => row.NextRun, nextRun)
                            .SetProperty(row => row.UpdatedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }

    /// <summary>Enables or disables a schedule and sets its next due time.</summary>
    /// <returns>False if there is no such schedule.</returns>
    public async Task<bool> SetEnabledAsync(
        string id,
        bool enabled,
        DateTimeOffset? nextRun,
        CancellationToken cancellationToken = default
    )
    {
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .Schedules.Where(row => row.Id == id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.Enabled, enabled)
                            .SetProperty(row => row.NextRun, nextRun)
                            .SetProperty(row => row.UpdatedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }
}
