using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>
/// The JSON of a set with an unreadable manifest, within that of <c>backup list</c> and <c>backup verify</c>.
/// </summary>
internal sealed record UnreadableBackupDocument(string Id, string Fault)
{
    /// <returns><see langword="null"/> if there are none, which omits the property.</returns>
    public static IReadOnlyList<UnreadableBackupDocument>? OrNone(IReadOnlyList<UnreadableBackup> sets) =>
        sets.Count == 0 ? null : [.. sets.Select(set => new UnreadableBackupDocument(set.Id, set.Fault))];
}
