using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

internal static class TableIntrospection
{
    /// <summary>The tables that the context itself describes and that exist now, parents first.</summary>
    public static List<string> Tables(this DbContext context)
    {
        var existing = context.Texts("SELECT name FROM sqlite_master WHERE type = 'table'").ToHashSet();
        var model = context.Model.GetRelationalModel();
        return [.. model.Tables.Select(table => table.Name).Where(existing.Contains).OrderBy(ParentsFirst)];
    }

    public static List<string> Columns(this DbContext context, string table) =>
        context.Texts("SELECT name FROM pragma_table_info(@p0) ORDER BY cid", table);

    /// <summary>Every row as "column=value" texts, sorted by the first column.</summary>
    public static List<Dictionary<string, string?>> Rows(this DbContext context, string table) =>
        context.Read(
            $"SELECT * FROM \"{table}\" ORDER BY 1",
            reader =>
                Enumerable
                    .Range(0, reader.FieldCount)
                    .ToDictionary(reader.GetName, column => reader.GetValue(column).ToString())
        );

    public static List<string> Damage(this DbContext context) =>
        [
            .. context.Texts("PRAGMA integrity_check").Where(line => line != "ok"),
            .. context.Texts("SELECT \"table\" || ' ' || rowid FROM pragma_foreign_key_check"),
        ];

    private static int ParentsFirst(string table) =>
        Array.IndexOf(["knowledge_bases", "documents", "pipelines"], table) is var index and >= 0 ? index : 99;
}
