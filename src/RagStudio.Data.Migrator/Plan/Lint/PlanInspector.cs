using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// Inspects migrations that are to be applied or reverted, with evidence from the live data if there is any.
/// Builds no EF model.
/// </summary>
internal sealed class PlanInspector(MigrationSet set, MigrationOptions options, WorkLimits limits)
{
    private readonly DestructiveConsents _consents = DestructiveConsents.Parse(set, options);

    /// <param name="steps">The migrations of each database.</param>
    /// <param name="readerOf">
    /// Returns the reader of a storage; <see langword="null"/> for one that is still empty.
    /// </param>
    /// <returns>The findings, with one database for each of <paramref name="steps"/>.</returns>
    public async Task<IReadOnlyList<PlannedDatabase>> InspectAsync(
        IReadOnlyList<DatabasePlan> steps,
        Func<IDatabaseStorage, IStorageReader?> readerOf
    )
    {
        var confirmed = new List<ConfirmedFinding>();
        var uncertain = new HashSet<KnownMigration>();
        foreach (var storage in steps.Where(step => step.Versions.Count > 0).GroupBy(step => step.Database.Storage))
        {
            var reader = readerOf(storage.Key);
            var asked = await CollectAsync(storage, reader).ConfigureAwait(false);
            uncertain.UnionWith(asked.Uncertain);
            foreach (var candidate in asked.All)
            {
                if (await ConfirmAsync(candidate, reader).ConfigureAwait(false) is { } finding)
                {
                    confirmed.Add(new ConfirmedFinding(candidate, finding));
                }
            }
        }
        var byMigration = confirmed.ToLookup(finding => finding.Candidate.Migration);
        return [.. steps.Select(step => Describe(step, byMigration, uncertain))];
    }

    private async Task<CandidateFindings> CollectAsync(
        IGrouping<IDatabaseStorage, DatabasePlan> storage,
        IStorageReader? reader
    )
    {
        var live = reader is null
            ? DatabaseSchema.Empty
            : await reader.ReadSchemaAsync(set.In(storage.Key), limits).ConfigureAwait(false);
        var schema = new SchemaLint(
            live,
            cascades: reader?.EnforcesForeignKeys ?? true,
            set.In(storage.Key)[0].NameBeside
        );
        foreach (var step in storage)
        {
            var lint = new MigrationLint(step.Database, schema);
            foreach (var version in step.Versions)
            {
                lint.Visit(version, step.IsReverting);
            }
        }
        return schema.Candidates;
    }

    private async Task<PlanFinding?> ConfirmAsync(CandidateFinding candidate, IStorageReader? reader)
    {
        if (candidate.Query is null)
        {
            return Finding(candidate, 0, PlanFindingText.Describe(candidate, 0));
        }
        try
        {
            var rows = await CountAsync(candidate.Query, reader!).ConfigureAwait(false);
            return rows == 0 ? null : Finding(candidate, rows, PlanFindingText.Describe(candidate, rows));
        }
        // A query may need something that only the application's own connections have, such as a collation.
        // Damage is reported by the backup's check, which precedes the first change.
        catch (Exception failure)
            when (failure is not (MigrationException or TimeoutException or OperationCanceledException))
        {
            return Finding(candidate, 0, PlanFindingText.DescribeUncounted(candidate, failure.Message));
        }
    }

    private async Task<long> CountAsync(DataQuery query, IStorageReader reader)
    {
        var rows = 0L;
        await reader
            .QueryAsync(
                query.Sql(new Quoting(reader.Quote, reader.QuoteTable)),
                query.Deleted?.Parameters ?? [],
                row => rows = row.GetInt64(0),
                limits
            )
            .ConfigureAwait(false);
        return rows;
    }

    private static PlanFinding Finding(CandidateFinding candidate, long rows, string detail) =>
        new(
            candidate.Kind,
            candidate.Table,
            candidate.Column,
            rows,
            candidate is { IsLoss: true, IsUncertain: false } && rows > 0,
            detail
        );

    private PlannedDatabase Describe(
        DatabasePlan step,
        ILookup<KnownMigration, ConfirmedFinding> confirmed,
        HashSet<KnownMigration> uncertain
    ) =>
        new(
            step.Database.Name,
            [
                .. step.Versions.Select(version =>
                {
                    var migration = ProgramMigrations.For(step.Database)[version];
                    var isUncertain = uncertain.Contains(migration.Known);
                    return Describe(step, migration, [.. confirmed[migration.Known]], isUncertain);
                }),
            ]
        );

    /// <summary>True if a table or a column is created whose name a present one has; not an index or a view.</summary>
    private static bool IsTaken(CandidateFinding candidate) =>
        candidate is { Kind: PlanFindingKind.NameTaken, IsNew: true, IsOfView: false, What: null, LiveTable: not null };

    /// <summary>True if the loss could not be counted as it will be when the migration runs.</summary>
    private static bool IsUncertain(ConfirmedFinding finding) =>
        finding is { Candidate.IsLoss: true, Finding.IsDestructive: false };

    private PlannedMigration Describe(
        DatabasePlan step,
        ProgramMigration migration,
        IReadOnlyList<ConfirmedFinding> confirmed,
        bool isUncertain
    )
    {
        var known = migration.Known;
        var operations = migration.OperationsOf(step.IsReverting);
        var reason = known.DestructiveReason;
        var consent = _consents.ReasonFor(known.Version);
        return new PlannedMigration(
            known.Version,
            known.Name,
            known.DeclaredKind ?? MigrationKinds.Infer(operations),
            step.Database.Dialect.FindRebuilds(operations).Count > 0,
            reason,
            known.LimitIn(options),
            Sql: "",
            [.. confirmed.Select(finding => finding.Finding)]
        )
        {
            IsUncertain = isUncertain || confirmed.Any(IsUncertain),
            ConsentReason = consent,
            Taken =
            [
                .. confirmed
                    .Select(finding => finding.Candidate)
                    .Where(IsTaken)
                    .Select(taken => (taken.LiveTable!, taken.Column)),
            ],
            Named = DestructiveConsent.Named(confirmed),
            Unannounced =
                reason is null && consent is null
                    ? DestructiveConsent.Unannounced(step.Database, known, confirmed, _consents)
                    : [],
        };
    }
}
