namespace RagStudio.Data.Migrator;

/// <summary>Reads the state of a set by one small read per database.</summary>
internal sealed class StatusReader(MigrationSet set, ExpectedSchemas expected)
{
    private const int RecordsInStatus = 10;

    /// <summary>
    /// Whether nothing at all is to be done. A database that another process holds for itself may be in a migration: then
    /// the answer is no, and the lock tells when that process is done.
    /// </summary>
    public async Task<bool> IsUpToDateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var read = await ReadAsync(historyLimit: 0, cancellationToken).ConfigureAwait(false);
            return MigrationPlanner.Judge(read.Plans) == MigrationVerdict.UpToDate;
        }
        catch (DatabaseLockedException)
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<DatabasePlan>> ReadPlansAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAsync(historyLimit: 0, cancellationToken).ConfigureAwait(false);
        return read.Plans;
    }

    /// <param name="withDrift">Whether to look for drift, which has no meaning in what a dead run has left.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<MigrationStatus> ReadStatusAsync(bool withDrift, CancellationToken cancellationToken)
    {
        var (plans, states) = await ReadAsync(RecordsInStatus, cancellationToken).ConfigureAwait(false);
        var drift = withDrift
            ? await new DriftReader(set, expected).ReadAsync(cancellationToken).ConfigureAwait(false)
            : DriftReader.None;
        var verdict = MigrationPlanner.Judge(plans);
        return new MigrationStatus(
            drift.Count > 0 && verdict < MigrationVerdict.Drifted ? MigrationVerdict.Drifted : verdict,
            [.. set.Databases.Zip(plans, (database, plan) => Describe(database, plan, [.. drift[database.Name]]))],
            states.Max(state => state.LastApplied),
            Merge(states, RecordsInStatus)
        );
    }

    public async Task<IReadOnlyList<MigrationRecord>> ReadHistoryAsync(int limit, CancellationToken cancellationToken)
    {
        var (_, states) = await ReadAsync(limit, cancellationToken).ConfigureAwait(false);
        return Merge(states, limit);
    }

    private async Task<(IReadOnlyList<DatabasePlan> Plans, IReadOnlyList<DatabaseState> States)> ReadAsync(
        int historyLimit,
        CancellationToken cancellationToken
    )
    {
        var plans = new List<DatabasePlan>();
        var states = new List<DatabaseState>();
        foreach (var database in set.Databases)
        {
            var state = await database
                .Storage.ReadAsync(database, historyLimit, cancellationToken)
                .ConfigureAwait(false);
            states.Add(state);
            plans.Add(MigrationSet.PlanCheaply(database, state));
        }
        return (plans, states);
    }

    private static DatabaseStatus Describe(
        IMigrationDatabase database,
        DatabasePlan plan,
        IReadOnlyList<string> schemaDrift
    ) =>
        new(
            database.Name,
            database.Storage.Path,
            plan.CurrentVersion,
            plan.Applied,
            plan.Pending,
            plan.Unknown,
            [.. plan.Drift, .. schemaDrift]
        );

    private static IReadOnlyList<MigrationRecord> Merge(IEnumerable<DatabaseState> states, int limit) =>
        [
            .. states
                .SelectMany(state => state.History)
                .OrderByDescending(record => record.AppliedAt)
                .ThenByDescending(record => record.Id)
                .Take(limit),
        ];
}
