using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// The note that the history keeps about consent from outside the migration: what it covers, and why.
/// </summary>
internal static class ConsentRecord
{
    /// <returns>
    /// The note; <see langword="null"/> if the migration needed no consent, or states its reason itself.
    /// </returns>
    public static string? Describe(MigrationRun run, string version)
    {
        string[] reasons = [.. run.Consents.ReasonsFor(version)];
        string[] losses =
        [
            .. run
                .Planned.SelectMany(database => database.Migrations)
                .Where(migration => migration.Version == version)
                .SelectMany(migration => migration.Findings)
                .Where(finding => finding.IsDestructive)
                .Select(finding => finding.Detail),
        ];
        var named = losses.Length == 0 ? "" : $" It {string.Join("; ", losses)}.";
        return reasons.Length > 0 ? $"Allowed to lose data: {string.Join("; ", reasons)}.{named}"
            : run.Options.AllowDestructive && losses.Length > 0
                ? $"Allowed to lose data, as every migration of the run.{named}"
            : null;
    }
}
