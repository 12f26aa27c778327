using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Status;

/// <summary>Reads the state of a set with one small read for each storage.</summary>
internal sealed class StatusReader(MigratorServices services)
{
    private const int RecordsInStatus = 10;

    /// <summary>
    /// Determines if nothing at all is pending, nor left by an interrupted run. A database under another process's exclusive lock may be in
    /// the middle of a migration: the answer is no then, and acquiring the lock shows when that process is
    /// done.
    /// </summary>
    /// <returns>The readings, if nothing is pending; otherwise <see langword="null"/>.</returns>
    public async Task<IReadOnlyList<DatabaseReading>?> FindUpToDateAsync(
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // Nothing is locked yet, and the first phase of a run is the lock.
            var read = await ReadAsync(
                    historyLimit: 0,
                    step => progress?.Report(step with { Phase = MigrationPhase.Lock }),
                    cancellationToken
                )
                .ConfigureAwait(false);
            var verdict = Judge(read);
            if (verdict == MigrationVerdict.Moved)
            {
                DatabaseMovedException.ThrowIfMoved(PlansOf(read).Select(plan => (plan.Database, plan.MovedTo)));
            }
            return verdict == MigrationVerdict.UpToDate ? read : null;
        }
        catch (DatabaseLockedException)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<MigrationComparison>> ReadPlansAsync(CancellationToken cancellationToken) =>
        PlansOf(await ReadAsync(historyLimit: 0, report: null, cancellationToken).ConfigureAwait(false));

    /// <param name="withDrift">
    /// True to look for drift, which is meaningless in the state that a killed run has left.
    /// </param>
    /// <param name="progress">Receives the progress of long steps.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<MigrationStatus> ReadStatusAsync(
        bool withDrift,
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadAsync(RecordsInStatus, step => progress?.Report(step), cancellationToken)
            .ConfigureAwait(false);
        var verdict = Judge(read);
        var drift =
            withDrift && verdict != MigrationVerdict.Interrupted
                ? await new DriftReader(services.Set, services.Expected, progress)
                    .ReadAsync(cancellationToken)
                    .ConfigureAwait(false)
                : DriftReader.None;
        return new MigrationStatus(
            drift.Count > 0 && verdict < MigrationVerdict.Drifted ? MigrationVerdict.Drifted : verdict,
            [.. read.Select(one => Describe(one.Database, one.Plan, [.. drift[one.Database.Name]]))],
            read.Max(one => one.State.LastApplied),
            Merge(read, RecordsInStatus)
        );
    }

    public async Task<IReadOnlyList<MigrationRecord>> ReadHistoryAsync(
        int limit,
        CancellationToken cancellationToken
    ) => Merge(await ReadAsync(limit, report: null, cancellationToken).ConfigureAwait(false), limit);

    public async Task<IReadOnlyList<EFAppliedMigration>> ReadAppliedByEFAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAsync(historyLimit: 0, report: null, cancellationToken).ConfigureAwait(false);
        return
        [
            .. read.SelectMany(one =>
                // Everything that the migrator applies has a checksum.
                one.State.Applied.Where(id => !one.State.Checksums.ContainsKey(id))
                    .Reverse()
                    .Select(id => new EFAppliedMigration(one.Database.Name, id))
            ),
        ];
    }

    private async Task<IReadOnlyList<DatabaseReading>> ReadAsync(
        int historyLimit,
        Action<MigrationProgress>? report,
        CancellationToken cancellationToken
    )
    {
        var read = new Dictionary<IMigrationDatabase, DatabaseReading>();
        foreach (var storage in services.Set.Storages)
        {
            var databases = services.Set.In(storage);
            var states = await storage.ReadAsync(databases, historyLimit, cancellationToken).ConfigureAwait(false);
            foreach (var (database, state) in databases.Zip(states))
            {
                read[database] = DatabaseReading.Compare(
                    database,
                    state,
                    (done, total) =>
                        report?.Invoke(ReplayProgress.Checksums(MigrationPhase.Validate, database.Name, done, total))
                );
            }
        }
        return [.. services.Set.Databases.Select(database => read[database])];
    }

    /// <summary>Determines if a storage tells that a run has left work to the next one.</summary>
    public async Task<bool> IsInterruptedAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAsync(historyLimit: 0, report: null, cancellationToken).ConfigureAwait(false);
        return Judge(read) == MigrationVerdict.Interrupted;
    }

    private MigrationVerdict Judge(IReadOnlyList<DatabaseReading> read) =>
        read.Any(one => one.State.IsInterrupted)
            ? MigrationVerdict.Interrupted
            : MigrationPlanner.Judge(PlansOf(read), services.Options.UnknownMigrations);

    private static MigrationComparison[] PlansOf(IReadOnlyList<DatabaseReading> read) =>
        [.. read.Select(one => one.Plan)];

    private static DatabaseStatus Describe(
        IMigrationDatabase database,
        MigrationComparison plan,
        IReadOnlyList<string> schemaDrift
    ) =>
        new(
            database.Name,
            database.Storage.DisplayName,
            plan.CurrentVersion,
            plan.Applied,
            plan.Pending,
            plan.Unknown,
            [.. plan.Drift, .. schemaDrift]
        )
        {
            MovedTo = plan.MovedTo,
        };

    private static IReadOnlyList<MigrationRecord> Merge(IEnumerable<DatabaseReading> read, int limit) =>
        [
            .. read.SelectMany(one => one.State.History)
                .OrderByDescending(record => record.AppliedAt)
                .ThenByDescending(record => record.Id)
                .Take(limit),
        ];
}
