using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Finds migrations that were edited after they had been applied.</summary>
internal static class EditedMigrations
{
    private const string Check = "migrations";

    public static IReadOnlyList<ValidationFinding> Find(MigrationComparison plan) =>
        plan.Edited.Count == 0
            ? []
            :
            [
                new ValidationFinding(
                    Check,
                    ValidationErrorKind.ChecksumMismatch,
                    Table: null,
                    plan.Edited.Count,
                    [.. plan.Edited.Zip(plan.Drift, Describe).Take(ValidationFinding.MaxNamed)]
                ),
            ];

    private static ValidationError Describe(string version, string sentence) =>
        new(ValidationErrorKind.ChecksumMismatch, Table: null, version, sentence);
}
