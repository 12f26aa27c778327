using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>Finds foreign keys whose columns no index begins with: each deletion of a parent scans the whole table.</summary>
internal static class UnindexedKeys
{
    public static IReadOnlyList<ValidationWarning> Find(DatabaseSchema schema) =>
        [
            .. from table in schema.Tables
            from key in table.ForeignKeys
            where !IsIndexed(table, key)
            select new ValidationWarning(
                ValidationWarningKind.PerformanceIssue,
                table.Name,
                $"the foreign key ({string.Join(", ", key.Columns)}) of '{table.Name}' has no index: each deletion in '{key.ParentTable}' scans the whole table"
            ),
        ];

    private static bool IsIndexed(TableSchema table, ForeignKeySchema key) =>
        table.Indexes.Any(index =>
            index.Filter is null
            && key.Columns.ToHashSet(StringComparer.Ordinal).SetEquals(index.Columns.Take(key.Columns.Count))
        );
}
