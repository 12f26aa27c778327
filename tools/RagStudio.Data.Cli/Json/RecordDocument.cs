using System.Globalization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a line of a history.</summary>
/// <remarks>
/// Each file numbers its own lines, a restore makes numbers recur, and a database's name may have belonged to
/// another database before: only the run makes an id unique.
/// </remarks>
internal record RecordDocument(
    string Id,
    MigrationEvent Event,
    string Database,
    string? Version,
    string? Name,
    MigrationKind? Kind,
    DateTimeOffset AppliedAt,
    double DurationMs,
    string? Checksum,
    string ProgramVersion,
    string EFVersion,
    string RunId,
    string? Detail
)
{
    public RecordDocument(MigrationRecord record)
        : this(
            string.Create(CultureInfo.InvariantCulture, $"{record.RunId}/{record.Database}/{record.Id}"),
            record.Event,
            record.Database,
            record.Version,
            record.Name,
            record.Kind,
            record.AppliedAt,
            record.Duration.TotalMilliseconds,
            record.Checksum,
            record.ProgramVersion,
            record.EFVersion,
            record.RunId,
            record.Detail
        ) { }
}
