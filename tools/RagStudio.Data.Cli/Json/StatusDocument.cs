using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>
/// The JSON of <c>status</c>. Its latest history lines omit the SQL that reverts them, which <c>history</c>
/// includes.
/// </summary>
internal sealed record StatusDocument(
    MigrationVerdict Verdict,
    IReadOnlyList<DatabaseStatus> Databases,
    DateTimeOffset? LastMigrationTime,
    IReadOnlyList<RecordDocument> History
)
{
    public static StatusDocument From(MigrationStatus status) =>
        new(
            status.Verdict,
            status.Databases,
            status.LastMigrationTime,
            [.. status.History.Select(record => new RecordDocument(record))]
        );
}
