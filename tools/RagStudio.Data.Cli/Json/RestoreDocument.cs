using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>restore</c>.</summary>
internal sealed record RestoreDocument(string RunId, string BackupId, string? SafetyBackupId, double TotalDurationMs)
{
    /// <summary>Where a server keeps the replaced databases; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Replaced { get; init; }

    /// <summary>The databases that the set does not hold, at their present versions; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LeftDatabaseDocument>? Left { get; init; }

    /// <summary>The ids of the backup sets removed because of the new one; omitted if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? PrunedBackups { get; init; }

    public static RestoreDocument From(RestoreSummary summary) =>
        new(summary.RunId, summary.BackupId, summary.SafetyBackupId, summary.TotalDuration.TotalMilliseconds)
        {
            Replaced = RunDocument.OrNone(summary.Replaced),
            Left = RunDocument.OrNone([
                .. summary.Left.Select(left => new LeftDatabaseDocument(left.Database, left.Version)),
            ]),
            PrunedBackups = RunDocument.OrNone(summary.PrunedBackups),
        };
}
