using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>
/// Adds a value to an enum that the open transaction has created. Before PostgreSQL 17 a value that was added cannot be
/// used in the same transaction, not even to a type that nobody else knows yet: the type is made anew, with the value.
/// </summary>
internal static class EnumRebuild
{
    private const string Former = "__migrator_former_enum";

    private const string SelectColumns = """
        SELECT n.nspname::text, c.relname::text, a.attname::text, a.atttypid <> t.oid,
            pg_catalog.pg_get_expr(d.adbin, d.adrelid)
        FROM pg_catalog.pg_type t
        JOIN pg_catalog.pg_attribute a ON a.atttypid IN (t.oid, t.typarray)
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE t.oid = pg_catalog.to_regtype($1)
        """;

    public static void Add(NpgsqlConnection connection, EnumValue added)
    {
        var labels = connection.Query(
            "SELECT enumlabel::text FROM pg_catalog.pg_enum WHERE enumtypid = pg_catalog.to_regtype($1) ORDER BY enumsortorder",
            row => row.GetString(0),
            added.Type
        );
        var columns = connection.Query(
            SelectColumns,
            row =>
                (
                    Table: PostgreSqlText.Quote(row.GetString(0), row.GetString(1)),
                    Name: PostgreSqlText.Quote(row.GetString(2)),
                    IsArray: row.GetBoolean(3),
                    Default: row.Text(4)
                ),
            added.Type
        );
        foreach (var (table, name, _, _) in columns.Where(column => column.Default is not null))
        {
            connection.Execute($"ALTER TABLE {table} ALTER COLUMN {name} DROP DEFAULT");
        }
        connection.Execute($"ALTER TYPE {added.Type} RENAME TO {Former}");
        var all = added.InsertInto(labels).Select(PostgreSqlText.Literal);
        connection.Execute($"CREATE TYPE {added.Type} AS ENUM ({string.Join(", ", all)})");
        foreach (var (table, name, isArray, former) in columns)
        {
            var (type, text) = isArray ? ($"{added.Type}[]", "text[]") : (added.Type, "text");
            connection.Execute($"ALTER TABLE {table} ALTER COLUMN {name} TYPE {type} USING {name}::{text}::{type}");
            if (former is not null)
            {
                connection.Execute($"ALTER TABLE {table} ALTER COLUMN {name} SET DEFAULT {former}");
            }
        }
        connection.Execute($"DROP TYPE {added.SchemaPrefix}{Former}");
    }
}
