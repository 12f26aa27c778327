namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>Names of locks.</summary>
internal static class LockModes
{
    private const string Suffix = "Lock";

    /// <param name="mode">The name in <c>pg_locks</c>, such as <c>AccessExclusiveLock</c>.</param>
    /// <returns>The lock; <see langword="null"/> for one that no statement acquires on a table.</returns>
    public static LockMode? Parse(string mode) =>
        mode.EndsWith(Suffix, StringComparison.Ordinal)
        && Enum.TryParse<LockMode>(mode.AsSpan(0, mode.Length - Suffix.Length), out var found)
            ? found
            : null;

    /// <summary>The name in PostgreSQL's documentation and SQL.</summary>
    public static string Text(this LockMode mode) =>
        mode switch
        {
            LockMode.AccessShare => "ACCESS SHARE",
            LockMode.RowShare => "ROW SHARE",
            LockMode.RowExclusive => "ROW EXCLUSIVE",
            LockMode.ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            LockMode.Share => "SHARE",
            LockMode.ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            LockMode.Exclusive => "EXCLUSIVE",
            _ => "ACCESS EXCLUSIVE",
        };

    /// <summary>What others cannot do meanwhile.</summary>
    public static string Blocks(this LockMode mode) => mode == LockMode.AccessExclusive ? "reads and writes" : "writes";
}
