namespace RagStudio.Data.Migrator.Run;

/// <summary>The plan of a run that begins, and how it is undone.</summary>
/// <param name="Activity">The purpose of the run.</param>
/// <param name="BackupId">The backup set; <see langword="null"/> if no storage had any content.</param>
/// <param name="BackupFolder">The folder of backup sets at that time.</param>
/// <param name="ProgramVersion">The version of the running program.</param>
/// <param name="Databases">The databases that the run is going to change.</param>
internal sealed record JournalBegun(
    RunActivity Activity,
    string? BackupId,
    string BackupFolder,
    string ProgramVersion,
    IReadOnlyList<JournalDatabase> Databases
);
