using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>All that a report tells. No value of any row is in it.</summary>
/// <param name="MadeAt">When it was read.</param>
/// <param name="Subject">Whose databases they are.</param>
/// <param name="Status">The state of the databases.</param>
/// <param name="Files">The files that hold them.</param>
/// <param name="History">The newest lines of the history, the newest first.</param>
/// <param name="HistoryGoesOn">Whether there are older lines.</param>
/// <param name="Validation">What the checks found.</param>
/// <param name="Backups">The backup sets, the newest first.</param>
internal sealed record ReportContent(
    DateTimeOffset MadeAt,
    string Subject,
    MigrationStatus Status,
    IReadOnlyList<ReportedFile> Files,
    IReadOnlyList<MigrationRecord> History,
    bool HistoryGoesOn,
    Readable<ValidationSummary> Validation,
    Readable<IReadOnlyList<BackupSet>> Backups
);
