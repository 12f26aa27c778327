using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>What one migration has dropped of one table.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Content">What it is, named as before the migration.</param>
/// <param name="Keys">The columns that identify a row, for dropped columns.</param>
/// <param name="Rows">The number of its rows.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record Keepsake(long Id, DroppedContent Content, IReadOnlyList<string> Keys, long Rows, long Bytes)
{
    /// <summary>The columns that <see cref="Read"/> expects.</summary>
    public const string Selected = "id, table_schema, table_name, columns, keys, rows, bytes";

    /// <summary>The table that has its rows.</summary>
    public string Table => KeptSchema.TableOf(Id);

    public static Keepsake Read(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            new DroppedContent(row.GetString(1), row.GetString(2), row.GetFieldValue<string[]>(3)),
            row.GetFieldValue<string[]>(4),
            row.GetInt64(5),
            row.GetInt64(6)
        );
}
