namespace RagStudio.Data.Migrator;

/// <summary>The result of verifying a backup set against its manifest.</summary>
/// <param name="Backup">The set.</param>
/// <param name="Faults">The faults, a sentence each; empty if the set can be restored.</param>
public sealed record BackupVerification(BackupSet Backup, IReadOnlyList<string> Faults)
{
    /// <summary>True if the set can be restored.</summary>
    public bool IsGood => Faults.Count == 0;
}
