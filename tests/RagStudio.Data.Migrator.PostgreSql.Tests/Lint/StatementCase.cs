using RagStudio.Data.Migrator.PostgreSql.Lint;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>
/// A statement, and what PostgreSQL's documentation (Explicit Locking, and the page of the statement) says of it.
/// </summary>
/// <param name="Sql">The statement.</param>
/// <param name="Table">The table.</param>
/// <param name="Lock">The lock that it acquires on the table, or on the table's indexes.</param>
/// <param name="Rewrites">True if the table is rewritten.</param>
/// <param name="Scans">True if the whole table is read.</param>
internal sealed record StatementCase(string Sql, string Table, LockMode Lock, bool Rewrites = false, bool Scans = false)
{
    /// <summary>What precedes the statement in its transaction.</summary>
    public string Before { get; init; } = "";

    /// <summary>Another table, and the lock on it.</summary>
    public (string Table, LockMode Lock)? Other { get; init; }

    public override string ToString() => $"{Before} {Sql}".Trim();
}
