using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>Where a context's EF records the applied migrations: naming conventions and an own history repository may change all of it.</summary>
/// <param name="Table">The table.</param>
/// <param name="IdColumn">Its column of the migrations' ids.</param>
/// <param name="IsOfEF">Whether EF's own repository reads it: another one may read it by a filter, or not at all.</param>
internal sealed record EFHistory(string Table, string IdColumn, bool IsOfEF)
{
    /// <summary>EF's name of the column where nobody changes it.</summary>
    public const string DefaultIdColumn = nameof(HistoryRow.MigrationId);

    private const string Probe = "00000000000000_WhereIsThis";

    /// <summary>Whether EF's own statements are known without asking it, but for the table's name.</summary>
    public bool IsPlain => IsOfEF && IdColumn == DefaultIdColumn;

    public static EFHistory Plain(string table) => new(table, DefaultIdColumn, IsOfEF: true);

    /// <summary>
    /// Finds out by what the repository itself writes: its names are for those that derive from it, and it need not derive from EF's. Builds
    /// EF's model of the history.
    /// </summary>
    /// <param name="repository">The context's repository.</param>
    /// <param name="table">The table's name as the options have it.</param>
    /// <param name="scratch">An empty database.</param>
    public static EFHistory Of(IHistoryRepository repository, string table, SqliteConnection scratch)
    {
        var isOfEF = repository.GetType().Assembly == typeof(SqliteDbContextOptionsBuilder).Assembly;
        try
        {
            scratch.Execute(repository.GetCreateScript());
            scratch.Execute(repository.GetInsertScript(new HistoryRow(Probe, ProductInfo.GetVersion())));
        }
        // One that keeps its table elsewhere, or has the application make it: only it can tell what is applied.
        catch (SqliteException) when (!isOfEF)
        {
            return new EFHistory(table, DefaultIdColumn, isOfEF);
        }
        return Find(scratch) is var (found, column)
            ? new EFHistory(found, column, isOfEF)
            : new EFHistory(table, DefaultIdColumn, isOfEF);
    }

    private static (string Table, string Column)? Find(SqliteConnection scratch)
    {
        var columns = scratch.Query(
            """
            SELECT t."name", c."name" FROM pragma_table_list AS t JOIN pragma_table_info(t."name") AS c
            WHERE t."schema" = 'main' AND t."type" = 'table'
            """,
            row => (Table: row.Text(0)!, Column: row.Text(1)!)
        );
        foreach (var (table, column) in columns)
        {
            if (
                scratch.Handle!.Any(
                    $"SELECT 1 FROM {SqliteText.Quote(table)} AS t WHERE t.{SqliteText.Quote(column)} = ?",
                    Probe
                )
            )
            {
                return (table, column);
            }
        }
        return null;
    }
}
