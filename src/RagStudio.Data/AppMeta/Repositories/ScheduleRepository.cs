using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Schedules, which start pipelines at set times.</summary>
/// <remarks>Thread-safe, and safe to use alongside other processes; each call creates a context.</remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the rows and their ids.</param>
public sealed class ScheduleRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    /// <summary>Creates a schedule.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="NameTakenException">The name is taken; nothing was written.</exception>
    /// <exception cref="RowRefusedException">There is no such pipeline; nothing was written.</exception>
    public async Task<string> CreateAsync(NewSchedule added, CancellationToken cancellationToken = default)
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
            NextRun = added.NextRun,
            CreatedAt = now,
            UpdatedAt = now,
        };
        using var context = contexts.CreateDbContext();
        await context.InsertNamedAsync(row, row.Name, cancellationToken).ConfigureAwait(false);
        return row.Id;
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
