using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

/// <summary>A table as the database itself describes it, in the format of the domain's list.</summary>
internal static class RenderedTable
{
    public static List<string> Of(DbContext context, string table) =>
        [.. ColumnsOf(context, table), .. IndexesOf(context, table), .. ForeignKeysOf(context, table)];

    private static List<string> ColumnsOf(DbContext context, string table) =>
        context.Read(
            "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info(@p0) ORDER BY cid",
            Column,
            table
        );

    private static string Column(DbDataReader row) =>
        $"{row.GetString(0)} {row.GetString(1)}"
        + (row.GetInt32(4) > 0 ? " PK" : "")
        + (row.GetInt32(2) == 0 ? "?" : "")
        + (row.IsDBNull(3) ? "" : $" ={row.GetString(3)}");

    private static List<string> IndexesOf(DbContext context, string table) =>
        context.Read(
            """
            SELECT CASE "unique" WHEN 1 THEN 'unique (' ELSE 'index (' END
                || (SELECT group_concat(ifnull(name, '<expression>'), ', ' ORDER BY seqno) FROM pragma_index_info(list.name)) || ')'
            FROM pragma_index_list(@p0) AS list WHERE origin <> 'pk' ORDER BY 1
            """,
            row => row.GetString(0),
            table
        );

    private static List<string> ForeignKeysOf(DbContext context, string table) =>
        context.Read(
            "SELECT \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list(@p0) ORDER BY 1",
            row => $"{row.GetString(0)} -> {row.GetString(1)}.{row.GetString(2)} {row.GetString(3)}",
            table
        );
}
