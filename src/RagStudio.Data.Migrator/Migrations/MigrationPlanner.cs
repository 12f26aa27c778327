using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>Decides what a run does, from the ids and checksums alone.</summary>
internal static class MigrationPlanner
{
    public static MigrationComparison Compare(IMigrationDatabase database, IReadOnlyList<string> applied) =>
        Compare(database.Name, [.. database.Migrations.Select(migration => migration.Version)], applied);

    public static MigrationComparison Compare(
        string database,
        IReadOnlyList<string> known,
        IReadOnlyList<string> applied
    ) => Compare(database, known, applied, new Dictionary<string, string>(), (_, _) => false);

    /// <summary>Compares the ids and checksums of a database with the program's.</summary>
    /// <param name="database">The database.</param>
    /// <param name="state">The state that the database records.</param>
    /// <param name="report">
    /// Receives the number of compared checksums and their total: each comparison creates a migration, which
    /// may take long the first time.
    /// </param>
    public static MigrationComparison Compare(
        IMigrationDatabase database,
        DatabaseState state,
        Action<long, long>? report = null
    )
    {
        var compared = 0;
        return Compare(
            database.Name,
            [.. database.Migrations.Select(migration => migration.Version)],
            state.Applied,
            state.Checksums,
            (version, recorded) =>
            {
                report?.Invoke(compared++, state.Checksums.Count);
                return ProgramMigrations.For(database)[version].IsEdited(recorded);
            }
        ) with
        {
            MovedTo = state.MovedTo,
        };
    }

    /// <param name="database">The database's name in the set.</param>
    /// <param name="known">The program's migrations, in the order in which EF applies them.</param>
    /// <param name="applied">The ids in EF's history.</param>
    /// <param name="recorded">
    /// The recorded checksums by migration. A migration that EF applied alone has none, and counts as
    /// unedited.
    /// </param>
    /// <param name="isEdited">Returns true if the program's migration does not match a recorded checksum.</param>
    public static MigrationComparison Compare(
        string database,
        IReadOnlyList<string> known,
        IReadOnlyList<string> applied,
        IReadOnlyDictionary<string, string> recorded,
        Func<string, string, bool> isEdited
    )
    {
        var pending = known.Except(applied, MigrationIdComparer.Default).ToArray();
        var unknown = applied.Except(known, MigrationIdComparer.Default).Order(MigrationIdComparer.Default).ToArray();
        var shared = known.Intersect(applied, MigrationIdComparer.Default).ToArray();
        var newestKnown = known.Max(MigrationIdComparer.Default);
        var newer = unknown.Where(id => IsAfter(id, newestKnown)).ToArray();
        return new MigrationComparison(
            database,
            shared,
            pending,
            unknown,
            newer,
            Recorded: [.. newer.Where(recorded.ContainsKey)],
            OutOfOrder: [.. Before(known, shared.LastOrDefault()).Intersect(pending, MigrationIdComparer.Default)],
            Edited: [.. shared.Where(id => recorded.TryGetValue(id, out var checksum) && isEdited(id, checksum))]
        );
    }

    public static MigrationVerdict Judge(IReadOnlyList<MigrationComparison> plans, UnknownMigrationPolicy policy) =>
        plans switch
        {
            _ when plans.Any(plan => plan.MovedTo is not null) => MigrationVerdict.Moved,
            _ when plans.Any(plan => plan.NewerFor(policy).Count > 0) => MigrationVerdict.Newer,
            _ when plans.Any(plan => plan.Edited.Count > 0) => MigrationVerdict.Drifted,
            _ when plans.Any(plan => plan.OutOfOrder.Count > 0) => MigrationVerdict.OutOfOrder,
            _ when plans.All(plan => plan.CurrentVersion is null) => MigrationVerdict.Empty,
            _ when plans.Any(plan => plan.Pending.Count > 0) => MigrationVerdict.Pending,
            _ => MigrationVerdict.UpToDate,
        };

    /// <returns>The refusal according to the options; <see langword="null"/> if they allow the plan.</returns>
    public static MigrationException? Refusal(MigrationComparison plan, MigrationOptions options)
    {
        if (plan.Edited.Count > 0)
        {
            return MigrationDriftedException.Forward(plan.Database, plan.Edited);
        }
        if (plan.OutOfOrder.Count > 0 && !options.AllowOutOfOrder)
        {
            return new PlanRefusedException(
                plan.Database,
                plan.OutOfOrder,
                $"The database '{plan.Database}' has newer migrations applied than {VersionList.Format(plan.OutOfOrder)}, which would run out of "
                    + $"order. Give them ids after '{plan.CurrentVersion}', or allow it with --allow-out-of-order or AllowOutOfOrder."
            );
        }
        return plan.Unknown.Count > 0 && options.UnknownMigrations == UnknownMigrationPolicy.Refuse
            ? new PlanRefusedException(
                plan.Database,
                plan.Unknown,
                $"The database '{plan.Database}' has migrations that this program does not have: {VersionList.Format(plan.Unknown)}. "
                    + "Use the program that applied them, or tolerate them with --unknown-migrations tolerate or UnknownMigrations."
            )
            : null;
    }

    private static IEnumerable<string> Before(IReadOnlyList<string> known, string? id) =>
        id is null ? [] : known.TakeWhile(one => !MigrationIdComparer.Default.Equals(one, id));

    private static bool IsAfter(string id, string? newest) =>
        newest is null || MigrationIdComparer.Default.Compare(id, newest) > 0;
}
