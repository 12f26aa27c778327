namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>
/// The owner of rows in a file's history. A database's name is a display name, and a file can be configured
/// under several. So a row belongs to the context whose class it names or, if that class has been renamed
/// since, to the one with the same history table and the same first migration.
/// </summary>
/// <param name="Context">The full name of the context's class.</param>
/// <param name="Chain">The history table and the id of the first migration.</param>
internal sealed record SqliteOwner(string Context, string Chain)
{
    public static SqliteOwner Create(ISqliteMigrationDatabase database)
    {
        var first = database.Migrations is [var one, ..] ? one.Version : null;
        var context = database.ContextType.FullName ?? database.ContextType.Name;
        return new SqliteOwner(context, $"{database.HistoryTable}/{first}");
    }
}
