using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>
/// The place where EF records a context's applied migrations. Naming conventions and a custom history
/// repository can change all of it.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="IdColumn">Its column of migration ids.</param>
/// <param name="IsOfEF">
/// True if EF's own repository reads it. A custom one may filter the rows, or use no table at all.
/// </param>
internal sealed record EFHistory(string Table, string IdColumn, bool IsOfEF)
{
    /// <summary>The default name of EF's id column.</summary>
    public const string DefaultIdColumn = nameof(HistoryRow.MigrationId);

    private const string Probe = "00000000000000_WhereIsThis";

    /// <summary>True if EF's statements are known without creating its services, except for the table's name.</summary>
    public bool IsPlain => IsOfEF && IdColumn == DefaultIdColumn;

    public static EFHistory Plain(string table) => new(table, DefaultIdColumn, IsOfEF: true);

    /// <summary>
    /// Determines the names from the SQL that the repository generates: its properties are protected, and it
    /// need not derive from EF's class. Builds EF's model of the history.
    /// </summary>
    /// <param name="repository">The context's repository.</param>
    /// <param name="table">The table's name according to the options.</param>
    /// <param name="scratch">An empty database.</param>
    public static EFHistory Detect(IHistoryRepository repository, string table, SqliteConnection scratch)
    {
        var isOfEF = repository.GetType().Assembly == typeof(SqliteDbContextOptionsBuilder).Assembly;
        var byOptions = new EFHistory(table, DefaultIdColumn, isOfEF);
        try
        {
            scratch.Execute(repository.GetCreateScript());
            scratch.Execute(repository.GetInsertScript(new HistoryRow(Probe, ProductInfo.GetVersion())));
        }
        // The repository keeps its table elsewhere or leaves its creation to the application. Only it can
        // report the applied migrations.
        catch (SqliteException) when (!isOfEF)
        {
            return byOptions;
        }
        return Find(scratch) is var (found, column) ? new EFHistory(found, column, isOfEF) : byOptions;
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
