namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>
/// The table-level locks of https://www.postgresql.org/docs/current/explicit-locking.html, from the weakest. Those from
/// <see cref="Share"/> on keep others from writing, the last one from reading too.
/// </summary>
internal enum LockMode
{
    AccessShare = 1,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive,
}
