namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>
/// Whose a line of a file's history is. The name of a database is for people, and one file goes by several; so a line belongs to the context whose
/// class it names or, where that class was renamed since, to the one with the same history table and the same first migration.
/// </summary>
/// <param name="Context">The full name of the context's class.</param>
/// <param name="Chain">The history table and the id of the first migration.</param>
internal sealed record SqliteOwner(string Context, string Chain)
{
    public static SqliteOwner Of(ISqliteMigrationDatabase database)
    {
        var first = database.Migrations is [var one, ..] ? one.Version : null;
        var context = database.ContextType.FullName ?? database.ContextType.Name;
        return new SqliteOwner(context, $"{database.HistoryTable}/{first}");
    }
}
