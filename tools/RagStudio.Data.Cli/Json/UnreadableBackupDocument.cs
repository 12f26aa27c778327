using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a set whose manifest cannot be read, within <c>backup list</c> and <c>backup verify</c>.</summary>
internal sealed record UnreadableBackupDocument(string Id, string Fault)
{
    /// <returns>Nothing where there is none: the property is left out.</returns>
    public static IReadOnlyList<UnreadableBackupDocument>? OrNone(IReadOnlyList<UnreadableBackup> sets) =>
        sets.Count == 0 ? null : [.. sets.Select(set => new UnreadableBackupDocument(set.Id, set.Fault))];
}
