using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>Detects SQL that may call the functions EF's provider adds to its connections: REGEXP, and arithmetic on decimals stored as text.</summary>
internal static class EFFunctions
{
    private static readonly string[] Names = ["regexp", "ef_"];

    /// <summary>The prefix of the new table of each rebuild by EF.</summary>
    private const string Rebuilt = "ef_temp_";

    public static bool AreCalledBy(CompiledMigration migration) =>
        migration.Up.Concat(migration.Down).Any(command => Names.Any(name => Has(command.Sql, name)));

    /// <summary>Also matches inside string literals, which only costs an unnecessary context.</summary>
    private static bool Has(string sql, string name)
    {
        for (var at = Find(sql, name, 0); at >= 0; at = Find(sql, name, at + 1))
        {
            var isWithinName = at > 0 && (char.IsLetterOrDigit(sql[at - 1]) || sql[at - 1] == '_');
            if (!isWithinName && !sql.AsSpan(at).StartsWith(Rebuilt, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    private static int Find(string sql, string name, int from) =>
        sql.IndexOf(name, from, StringComparison.OrdinalIgnoreCase);
}
