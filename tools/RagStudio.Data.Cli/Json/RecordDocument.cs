using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of one line of a history.</summary>
internal sealed record RecordDocument(
    long Id,
    MigrationEvent Event,
    string Database,
    string? Version,
    string? Name,
    MigrationKind? Kind,
    DateTimeOffset AppliedAt,
    double DurationMs,
    string? Checksum,
    string? RollbackSql,
    string ProgramVersion,
    string EFVersion,
    string RunId,
    string? Detail
)
{
    public static IReadOnlyList<RecordDocument> From(IEnumerable<MigrationRecord> records) => [.. records.Select(From)];

    private static RecordDocument From(MigrationRecord record) =>
        new(
            record.Id,
            record.Event,
            record.Database,
            record.Version,
            record.Name,
            record.Kind,
            record.AppliedAt,
            record.Duration.TotalMilliseconds,
            record.Checksum,
            record.RollbackSql,
            record.ProgramVersion,
            record.EFVersion,
            record.RunId,
            record.Detail
        );
}
