namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>The backup that has what a run drops and cannot keep.</summary>
/// <param name="Unkept">What it is.</param>
/// <param name="Fate">The kind of backup.</param>
/// <param name="Reference">Its name; <see langword="null"/> for a restore point that is still to be created.</param>
/// <param name="Place">The folder of a backup set.</param>
/// <param name="Snapshot">What was visible when the backup was made; <see langword="null"/> for a restore point.</param>
internal sealed record Cover(
    UnkeptContent Unkept,
    DroppedDataFate Fate,
    string? Reference,
    string? Place,
    string? Snapshot
)
{
    /// <summary>The number of rows of the table that were written since, and are in no backup.</summary>
    public long Newer { get; init; }

    public string DisplayName =>
        Fate switch
        {
            DroppedDataFate.InBackupSet => $"the backup set '{Reference}'",
            DroppedDataFate.InExternalBackup => $"the external backup '{Reference}'",
            _ => $"the server's archive, before the restore point '{Reference}'",
        };

    public bool IsFor(KeptStep step, DroppedContent content) => Unkept.Step == step && Unkept.Content.IsSame(content);
}
