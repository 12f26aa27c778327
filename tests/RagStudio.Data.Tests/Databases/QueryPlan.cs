using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Tests;

/// <summary>SQLite's query plan for a statement.</summary>
internal static partial class QueryPlan
{
    /// <summary>The steps that scan a whole table, over all data statements.</summary>
    public static IReadOnlyList<string> FullScans(RagStudioDatabase database, IEnumerable<string> statements) =>
        [
            .. Steps(database, statements)
                .Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !HarmlessScan().IsMatch(step)),
        ];

    /// <summary>All steps of all data statements; BEGIN and PRAGMA have none.</summary>
    public static IReadOnlyList<string> Steps(RagStudioDatabase database, IEnumerable<string> statements)
    {
        using var connection = new SqliteConnection(database.ConnectionString);
        connection.Open();
        return
        [
            .. from statement in statements
            where DataStatement().IsMatch(statement)
            from step in Explain(connection, statement)
            select $"{step} in {statement}",
        ];
    }

    private static List<string> Explain(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement}";
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    [GeneratedRegex("^(SELECT|INSERT|UPDATE|DELETE|WITH)", RegexOptions.IgnoreCase)]
    private static partial Regex DataStatement();

    [GeneratedRegex("USING (COVERING )?INDEX|VIRTUAL TABLE|CONSTANT ROW")]
    private static partial Regex HarmlessScan();
}
