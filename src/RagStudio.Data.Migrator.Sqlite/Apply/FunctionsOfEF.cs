namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Tells whether SQL may call what EF's provider adds to the connections of its contexts: REGEXP, and decimals as texts.</summary>
internal static class FunctionsOfEF
{
    private static readonly string[] Names = ["regexp", "ef_"];

    public static bool AreCalledBy(CompiledMigration migration) =>
        migration.Up.Concat(migration.Down).Any(command => Names.Any(name => Has(command.Sql, name)));

    /// <summary>Part of a name or of a text as well: then a context is made that nobody needs, and that is all.</summary>
    private static bool Has(string sql, string name) => sql.Contains(name, StringComparison.OrdinalIgnoreCase);
}
