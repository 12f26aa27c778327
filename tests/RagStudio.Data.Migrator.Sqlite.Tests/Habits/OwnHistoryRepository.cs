using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Sqlite.Migrations.Internal;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>A history with a custom table, columns and filter: one table for several programs.</summary>
[SuppressMessage("Usage", "EF1001:Internal EF Core API usage.", Justification = "Applications derive from it.")]
[SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = "EF creates it.")]
internal sealed class OwnHistoryRepository(HistoryRepositoryDependencies dependencies)
    : SqliteHistoryRepository(dependencies)
{
    public const string Table = "program_migrations";

    protected override string TableName => Table;

    protected override string GetAppliedMigrationsSql =>
        $"SELECT id AS MigrationId, version AS ProductVersion FROM {Table} WHERE program = 'notes' ORDER BY id";

    public override string GetInsertScript(HistoryRow row) =>
        $"INSERT INTO {Table} (id, version, program) VALUES ('{row.MigrationId}', '{row.ProductVersion}', 'notes');";

    public override string GetDeleteScript(string migrationId) =>
        $"DELETE FROM {Table} WHERE id = '{migrationId}' AND program = 'notes';";

    protected override void ConfigureTable(EntityTypeBuilder<HistoryRow> history)
    {
        base.ConfigureTable(history);
        history.Property(row => row.MigrationId).HasColumnName("id");
        history.Property(row => row.ProductVersion).HasColumnName("version");
        history.Property<string>("program");
        history.HasKey(nameof(HistoryRow.MigrationId), "program");
    }
}
