namespace RagStudio.Data.Migrator;

/// <summary>A run that holds its storages and has put back what an earlier one may have left.</summary>
internal sealed record LockedRun(MigrationRun Run, HeldStorages Held, Recovery Recovery);
