namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>A table of the database, and the lock that a run needs of it.</summary>
/// <param name="Table">Its quoted name.</param>
/// <param name="Lock">The lock.</param>
internal readonly record struct NeededLock(string Table, TableLock Lock)
{
    public string Sql => $"LOCK TABLE {Table} IN {Mode} MODE";

    private string Mode =>
        Lock switch
        {
            TableLock.Share => "SHARE",
            TableLock.ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            _ => "ACCESS EXCLUSIVE",
        };

    /// <param name="held">A lock as <c>pg_locks</c> names it.</param>
    public bool ConflictsWith(string held) =>
        held switch
        {
            // That of a serializable transaction keeps nobody waiting.
            "SIReadLock" => false,
            "AccessShareLock" or "RowShareLock" => Lock == TableLock.AccessExclusive,
            "ShareLock" => Lock != TableLock.Share,
            _ => true,
        };
}
