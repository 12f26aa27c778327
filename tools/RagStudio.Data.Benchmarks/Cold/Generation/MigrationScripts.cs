using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// The SQL that EF generates for a context's migrations, for tools that apply scripts: one for each
/// migration, without EF's own history.
/// </summary>
internal static partial class MigrationScripts
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(DbContext context)
    {
        var script = context.GetService<IMigrator>().GenerateScript();
        var scripts = new List<KeyValuePair<string, string>>();
        var begun = 0;
        foreach (Match applied in HistoryRow().Matches(script))
        {
            scripts.Add(new(applied.Groups["id"].Value, Statements(script[begun..applied.Index])));
            begun = applied.Index + applied.Length;
        }
        return scripts;
    }

    /// <summary>The peers run each script in their own transaction, and the rebuilt tables have no rows.</summary>
    private static string Statements(string script) => NotOfTheMigration().Replace(script, "");

    [GeneratedRegex("""INSERT INTO "__EFMigrationsHistory".*?VALUES \('(?<id>[^']*)'.*?\);""", RegexOptions.Singleline)]
    private static partial Regex HistoryRow();

    [GeneratedRegex(
        """^(BEGIN TRANSACTION|START TRANSACTION|COMMIT|PRAGMA foreign_keys = [01]);\s*$|CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" \(.*?\);""",
        RegexOptions.Singleline | RegexOptions.Multiline
    )]
    private static partial Regex NotOfTheMigration();
}
