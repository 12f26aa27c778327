namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>A lock that a run needs (https://www.postgresql.org/docs/current/explicit-locking.html), the weakest first.</summary>
internal enum TableLock
{
    /// <summary>Others read and write; nobody changes the structure.</summary>
    Share,

    /// <summary>Others read.</summary>
    ShareRowExclusive,

    /// <summary>Others wait.</summary>
    AccessExclusive,
}
