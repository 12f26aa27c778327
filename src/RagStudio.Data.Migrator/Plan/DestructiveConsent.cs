using System.Reflection;

namespace RagStudio.Data.Migrator;

/// <summary>Decides whether what migrations destroy was agreed to.</summary>
internal static class DestructiveConsent
{
    /// <summary>What a migration destroys beyond the rows that it announces.</summary>
    public static IReadOnlyList<PlanFinding> Unannounced(KnownMigration migration, IEnumerable<PlanAnswer> answers)
    {
        var announced = migration.Type.GetCustomAttributes<RemovesRowsAttribute>().ToArray();
        return
        [
            .. from answer in answers
            where answer.Finding.IsDestructive
            where
                answer.Finding.Kind != PlanFindingKind.StatementWithoutWhere
                || !announced.Any(a =>
                    IsSame(a.Table, answer.Question.Evidence?.Table) && a.AtMost >= answer.Finding.Rows
                )
            select answer.Finding,
        ];
    }

    /// <returns>Why the plan may not be run; <see langword="null"/> where nothing is destroyed without consent.</returns>
    public static PlanRefusedException? Refusal(IEnumerable<PlannedDatabase> databases, MigrationOptions options)
    {
        var refused = databases.FirstOrDefault(database => database.Migrations.Any(m => m.Unannounced.Count > 0));
        if (options.AllowDestructive || refused is null)
        {
            return null;
        }
        var migrations = refused.Migrations.Where(migration => migration.Unannounced.Count > 0).ToArray();
        return new PlanRefusedException(
            refused.Name,
            [.. migrations.Select(migration => migration.Version)],
            $"The database '{refused.Name}' would lose data: {VersionList.Of([.. migrations.Select(Describe)], "; ")}. "
                + "Allow it with --allow-destructive or AllowDestructive, or state the reason on the migration with [DestructiveMigration]."
        );
    }

    private static string Describe(PlannedMigration migration) =>
        $"{migration.Version} {string.Join(", ", migration.Unannounced.Select(finding => finding.Detail))}";

    private static bool IsSame(string one, string? other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
