namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>
/// The triggers that keep every program from writing a file whose data has moved, also one that does not know the mark.
/// They are the migrator's, and no part of the schema.
/// </summary>
internal static class SqliteMarkTriggers
{
    private const string Prefix = "__migrator_moved_";

    public static bool IsOne(string trigger) => trigger.StartsWith(Prefix, StringComparison.Ordinal);

    public static IEnumerable<string> Create(string table) =>
        from change in (string[])["INSERT", "UPDATE", "DELETE"]
        select $"CREATE TRIGGER {SqliteText.Quote($"{Prefix}{change}_{table}")} BEFORE {change} ON {SqliteText.Quote(table)} "
            + "BEGIN SELECT RAISE(ABORT, 'The data of this database has moved: see ragstudio-db status'); END";
}
