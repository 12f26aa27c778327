using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>
/// Determines if a table with rows accepts a new column's default. SQLite does not rewrite the rows, so it
/// accepts only a default with one value for all of them
/// (https://sqlite.org/lang_altertable.html#altertabaddcol).
/// </summary>
internal static class SqliteDefaults
{
    /// <summary>
    /// Tries it in SQLite itself, on a scratch table in memory, with EF's SQL: no list of accepted
    /// expressions is complete.
    /// </summary>
    public static bool FitsRows(AddColumnOperation operation)
    {
        if (operation.DefaultValueSql is not { } sql || operation.ComputedColumnSql is not null)
        {
            return true;
        }
        using var scratch = new SqliteConnection("Data Source=:memory:;Pooling=False");
        scratch.Open();
        scratch.Execute("CREATE TABLE none (id); CREATE TABLE some (id); INSERT INTO some VALUES (1)");
        return Accepts(scratch, "some", sql) || !Accepts(scratch, "none", sql);
    }

    /// <summary>
    /// Even an empty table rejects some defaults, for example a function that only the application registers.
    /// That says nothing about rows.
    /// </summary>
    private static bool Accepts(SqliteConnection scratch, string table, string sql)
    {
        try
        {
            scratch.Execute($"ALTER TABLE {table} ADD COLUMN c DEFAULT ({sql})");
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
