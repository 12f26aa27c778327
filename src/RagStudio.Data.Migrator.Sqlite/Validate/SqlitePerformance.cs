using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>Finds what makes a database slower or larger than necessary.</summary>
internal static class SqlitePerformance
{
    /// <summary>
    /// A VACUUM is not worth its time below this number of free pages: 4 MB at the default page size.
    /// </summary>
    private const long FewPages = 1000;

    /// <summary>Any query plan is fast below this number of rows.</summary>
    private const int FewRows = 10_000;

    private const long BytesInMegabyte = 1024 * 1024;

    public static IReadOnlyList<ValidationWarning> Find(SqliteConnection connection, DatabaseSchema schema) =>
        [.. SlowForeignKeys(schema), .. FreePages(connection), .. MissingStatistics(connection, schema)];

    private static IEnumerable<ValidationWarning> SlowForeignKeys(DatabaseSchema schema) =>
        from table in schema.Tables
        from key in table.ForeignKeys
        where !IsIndexed(table, key.Columns)
        select Warn(
            table.Name,
            $"the foreign key {string.Join(", ", key.Columns)} of '{table.Name}' has no index: whenever a row of '{key.ParentTable}' is deleted or "
                + "its key changes, the whole table is scanned"
        );

    private static bool IsIndexed(TableSchema table, IReadOnlyList<string> columns) =>
        LeadWith(table.PrimaryKey, columns)
        || table.Indexes.Any(index =>
            LeadWith([.. index.Columns.Select(ColumnOf)], columns) && Covers(index.Filter, columns)
        );

    /// <summary>
    /// True if the index begins with these columns. Their order does not matter, because SQLite looks up all
    /// of them at once.
    /// </summary>
    private static bool LeadWith(IReadOnlyList<string> indexed, IReadOnlyList<string> columns) =>
        indexed.Count >= columns.Count
        && indexed.Take(columns.Count).ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(columns);

    /// <summary>
    /// True if the index contains every row that is looked up. NULL is never looked up, so an index of the
    /// rows with a value is enough: https://sqlite.org/partialindex.html.
    /// </summary>
    private static bool Covers(string? filter, IReadOnlyList<string> columns) =>
        filter is null
        || columns.Any(column => filter == SqliteTokens.Canonical($"{SqliteText.Quote(column)} IS NOT NULL"));

    /// <summary>The column without its order and collation.</summary>
    private static string ColumnOf(string indexed)
    {
        var name = indexed.EndsWith(" DESC", StringComparison.Ordinal) ? indexed[..^" DESC".Length] : indexed;
        var collation = name.LastIndexOf(" COLLATE ", StringComparison.Ordinal);
        return collation < 0 ? name : name[..collation];
    }

    private static IEnumerable<ValidationWarning> FreePages(SqliteConnection connection)
    {
        var free = connection.Number("PRAGMA freelist_count");
        if (free <= FewPages || free <= connection.Number("PRAGMA page_count") / 4)
        {
            yield break;
        }
        var megabytes = free * connection.Number("PRAGMA page_size") / BytesInMegabyte;
        yield return Warn(
            null,
            $"{megabytes} MB of the file are free pages, which VACUUM would return to the file system"
        );
    }

    /// <summary>https://sqlite.org/lang_analyze.html</summary>
    private static IEnumerable<ValidationWarning> MissingStatistics(SqliteConnection connection, DatabaseSchema schema)
    {
        var large = connection.HasTable("sqlite_stat1")
            ? null
            : schema.Tables.FirstOrDefault(table => table.Indexes.Count > 0 && IsLarge(connection, table.Name));
        if (large is not null)
        {
            yield return Warn(
                large.Name,
                $"'{large.Name}' has more than {FewRows} rows, but the database has no statistics, from which SQLite chooses an index: run ANALYZE"
            );
        }
    }

    /// <summary>Reads no more rows than necessary.</summary>
    private static bool IsLarge(SqliteConnection connection, string table) =>
        connection.Handle!.Any($"SELECT 1 FROM {SqliteText.Quote(table)} LIMIT 1 OFFSET {FewRows}");

    private static ValidationWarning Warn(string? table, string detail) =>
        new(ValidationWarningKind.PerformanceIssue, table, detail);
}
