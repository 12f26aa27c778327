using System.Text;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>Checks that every program has created the same tables as the first one.</summary>
internal sealed class SchemaComparison
{
    private const string Columns = """
        SELECT tables.name, columns.name, columns.type, columns."notnull", (SELECT count(*) FROM pragma_index_list(tables.name)),
            (SELECT group_concat("table") FROM pragma_foreign_key_list(tables.name))
        FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND tables.name LIKE 'items!_%' ESCAPE '!'
        ORDER BY tables.name, columns.name
        """;

    private string? _expected;

    public void ExpectSame(string file) => ExpectSame(file, Read(file));

    /// <param name="name">Where the tables are.</param>
    /// <param name="found">A description of the tables.</param>
    public void ExpectSame(string name, string found)
    {
        _expected ??= found;
        if (found.Length == 0 || found != _expected)
        {
            throw new InvalidOperationException($"{name} does not have the tables that the others have.");
        }
    }

    private static string Read(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Columns;
        using var rows = command.ExecuteReader();
        var text = new StringBuilder();
        while (rows.Read())
        {
            text.AppendJoin('|', Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)).AppendLine();
        }
        return text.ToString();
    }
}
