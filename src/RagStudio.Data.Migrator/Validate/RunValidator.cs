namespace RagStudio.Data.Migrator;

/// <summary>Checks what a run has made. Damage that was there before the run is not held against it.</summary>
internal sealed class RunValidator(MigrationRun run, HeldStorages held)
{
    /// <param name="before">
    /// The checks before the run; <see langword="null"/> where the rows are others than before, so that only the structure counts.
    /// </param>
    /// <param name="cancellationToken">Stops the checks, also within a statement.</param>
    public async Task ValidateAsync(
        IReadOnlyDictionary<IDatabaseStorage, StorageCheck>? before,
        CancellationToken cancellationToken
    )
    {
        if (!run.Options.ValidateAfterMigration)
        {
            return;
        }

        var reports = new List<ValidationReport>();
        foreach (var (storage, session) in held.All)
        {
            var database = run.Set.In(storage)[0].Name;
            run.Report(
                new MigrationProgress(
                    MigrationPhase.Validate,
                    database,
                    Completed: reports.Count,
                    Total: held.All.Count
                )
            );
            reports.Add(await CheckAsync(database, session, before?[storage], cancellationToken).ConfigureAwait(false));
        }
        if (reports.Any(report => report.ErrorCount > 0))
        {
            throw new FailedValidationException(reports);
        }
    }

    /// <summary>The counts of <paramref name="after"/> that are higher than before, by how much.</summary>
    public static IReadOnlyList<ErrorCount> NewDamage(StorageCheck before, StorageCheck after) =>
        [
            .. from count in after.Counts
            let old = before.Counts.FirstOrDefault(b => (b.Kind, b.Table) == (count.Kind, count.Table))?.Count ?? 0
            where count.Count > old
            select count with
            {
                Count = count.Count - old,
            },
        ];

    private async Task<ValidationReport> CheckAsync(
        string database,
        IStorageSession session,
        StorageCheck? before,
        CancellationToken cancellationToken
    )
    {
        var begun = run.Time.GetTimestamp();
        var after = await session
            .CheckAsync(new WorkLimits(run.Options.ValidationTimeout, cancellationToken))
            .ConfigureAwait(false);
        var damage = NewDamage(before ?? after.WithoutStructure(), after);
        return new ValidationReport(
            database,
            [.. after.Errors.Where(error => damage.Any(d => (d.Kind, d.Table) == (error.Kind, error.Table)))],
            damage.Sum(count => count.Count),
            after.ChecksPerformed,
            run.Time.GetElapsedTime(begun)
        );
    }
}
