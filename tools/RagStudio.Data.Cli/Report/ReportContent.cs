using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The content of a report. It contains no value of any row.</summary>
/// <param name="MadeAt">The time when it was read.</param>
/// <param name="Subject">The owner of the databases.</param>
/// <param name="Status">The state of the databases.</param>
/// <param name="Files">The files that contain them.</param>
/// <param name="History">The latest lines of the history, newest first.</param>
/// <param name="HistoryGoesOn">True if there are older lines.</param>
/// <param name="Validation">The findings of the checks.</param>
/// <param name="Backups">The backup sets, newest first.</param>
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
