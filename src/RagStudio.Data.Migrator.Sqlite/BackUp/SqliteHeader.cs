namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>The first bytes of a database file: https://sqlite.org/fileformat.html#the_database_header.</summary>
internal static class SqliteHeader
{
    /// <summary>Where the number of bytes stands that every page keeps free for an extension.</summary>
    public const int ReservedBytes = 20;

    private const int WriteVersion = 18;
    private const int ReadVersion = 19;
    private const byte RollbackJournal = 1;

    /// <summary>
    /// Alone in its folder, a database in WAL mode could not be opened by a reader who may not write there. It differs from one with a rollback
    /// journal by these bytes only, as long as its WAL is empty.
    /// </summary>
    public static void TakeOutOfWal(Span<byte> file) =>
        (file[WriteVersion], file[ReadVersion]) = (RollbackJournal, RollbackJournal);
}
