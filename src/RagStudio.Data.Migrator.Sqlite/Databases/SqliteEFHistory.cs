using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>
/// Changes of EF's history. EF would build a model of the table to generate them, so it is used only if the
/// table differs from EF's default.
/// </summary>
/// <param name="table">The table's name.</param>
/// <param name="repository">
/// The repository that generates the statements; <see langword="null"/> for EF's default table.
/// </param>
internal sealed class SqliteEFHistory(string table, IHistoryRepository? repository)
{
    private readonly string _table = SqliteText.Quote(table);
    private readonly string _efVersion = SqliteText.Literal(ProductInfo.GetVersion());

    /// <summary>Creates EF's default table if it is missing.</summary>
    public string Create =>
        $"""
            CREATE TABLE IF NOT EXISTS {_table} (
                "MigrationId" TEXT NOT NULL CONSTRAINT {SqliteText.Quote("PK_" + table)} PRIMARY KEY,
                "ProductVersion" TEXT NOT NULL
            );
            """;

    /// <summary>Creates the table if it is missing, and adds a migration.</summary>
    public string Add(string version) =>
        repository is not null
            ? $"{repository.GetCreateIfNotExistsScript().TrimEnd()}{Environment.NewLine}{repository.GetInsertScript(new HistoryRow(version, ProductInfo.GetVersion()))}"
            : $"""
                {Create}
                INSERT INTO {_table} ("MigrationId", "ProductVersion")
                VALUES ({SqliteText.Literal(version)}, {_efVersion});

                """;

    public string Remove(string version) =>
        repository is not null
            ? repository.GetDeleteScript(version)
            : $"""
                DELETE FROM {_table}
                WHERE "MigrationId" = {SqliteText.Literal(version)};

                """;
}
