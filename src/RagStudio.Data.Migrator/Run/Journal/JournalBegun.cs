namespace RagStudio.Data.Migrator.Run;

/// <summary>What a run that begins is going to do, and how it is undone.</summary>
/// <param name="Activity">What the run is for.</param>
/// <param name="BackupId">The backup set; <see langword="null"/> where no storage held anything.</param>
/// <param name="BackupFolder">The folder of backup sets at that time.</param>
/// <param name="ProgramVersion">The version of the program that runs.</param>
/// <param name="Databases">The databases that the run is going to change.</param>
internal sealed record JournalBegun(
    RunActivity Activity,
    string? BackupId,
    string BackupFolder,
    string ProgramVersion,
    IReadOnlyList<JournalDatabase> Databases
);
