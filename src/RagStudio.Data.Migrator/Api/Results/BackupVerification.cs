namespace RagStudio.Data.Migrator;

/// <summary>Whether a backup set is still what its manifest says.</summary>
/// <param name="Backup">The set.</param>
/// <param name="Faults">What is wrong with it, a sentence each; empty where it can be restored.</param>
public sealed record BackupVerification(BackupSet Backup, IReadOnlyList<string> Faults)
{
    /// <summary>Whether the set can be restored.</summary>
    public bool IsGood => Faults.Count == 0;
}
