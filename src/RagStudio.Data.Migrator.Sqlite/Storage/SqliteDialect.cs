using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Apply;
using RagStudio.Data.Migrator.Sqlite.Plan;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>The behavior of SQLite, and of EF's provider for it, for operations and SQL.</summary>
internal sealed class SqliteDialect : IMigrationDialect
{
    /// <summary>EF copies a table into one whose name begins like this, drops the old one, and renames the copy.</summary>
    private const string RebuildPrefix = "ef_temp_";

    private SqliteDialect() { }

    public static SqliteDialect Instance { get; } = new();

    public IReadOnlyList<MigrationOperation> FindRebuilds(IReadOnlyList<MigrationOperation> operations) =>
        SqliteRebuilds.Find(operations);

    public UnfitValues? FindUnfit(AlterColumnOperation operation, ColumnSchema column) =>
        SqliteUnfitValues.Find(operation, column);

    public bool FitsRows(AddColumnOperation operation) => SqliteDefaults.FitsRows(operation);

    public string? FindRebuilt(string table) =>
        table.StartsWith(RebuildPrefix, StringComparison.OrdinalIgnoreCase) ? table[RebuildPrefix.Length..] : null;

    public IReadOnlyList<SqlStatement> ReadStatements(string sql) => SqliteStatements.Read(sql);
}
