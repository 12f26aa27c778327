using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>A row of https://sqlite.org/pragma.html#pragma_table_list.</summary>
/// <param name="Name">The table's or view's name.</param>
/// <param name="Type">
/// <c>table</c>, <c>view</c>, <c>virtual</c>, or <c>shadow</c> for a table that belongs to a virtual one.
/// </param>
/// <param name="IsWithoutRowId">True if it has no rowid.</param>
/// <param name="IsStrict">True if types are enforced.</param>
internal sealed record SqliteTableInfo(string Name, string Type, bool IsWithoutRowId, bool IsStrict)
{
    public static IReadOnlyList<SqliteTableInfo> Read(SqliteConnection connection) =>
        connection.Query(
            """
            SELECT "name", "type", "wr", "strict" FROM pragma_table_list WHERE "schema" = 'main'
            """,
            row => new SqliteTableInfo(row.Text(0)!, row.Text(1)!, row.Bool(2), row.Bool(3))
        );

    public string TraitsWith(SqliteTableText text)
    {
        string?[] traits =
        [
            IsWithoutRowId ? "WITHOUT ROWID" : null,
            IsStrict ? "STRICT" : null,
            text.IsAutoincrement ? "AUTOINCREMENT" : null,
        ];
        return string.Join(", ", traits.OfType<string>());
    }
}
