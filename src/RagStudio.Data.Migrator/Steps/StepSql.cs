using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>Generates the commands of a migration as EF's own migrator does, the change of EF's history last.</summary>
internal sealed class StepSql(DbContext context, RecentMigrations recent, MigrationSql sql, RawCommands raw)
{
    private readonly IHistoryRepository _history = context.GetService<IHistoryRepository>();

    public IReadOnlyList<MigrationCommand> Up(
        string version,
        Migration migration,
        MigrationsSqlGenerationOptions options
    ) =>
        WithHistory(
            sql.Generate(migration.UpOperations, recent[version], options),
            _history.GetInsertScript(new HistoryRow(version, ProductInfo.GetVersion()))
        );

    public IReadOnlyList<MigrationCommand> Down(
        string version,
        Migration migration,
        string? previous,
        MigrationsSqlGenerationOptions options
    ) =>
        WithHistory(
            sql.Generate(migration.DownOperations, previous is null ? null : recent[previous], options),
            _history.GetDeleteScript(version)
        );

    private IReadOnlyList<MigrationCommand> WithHistory(IReadOnlyList<MigrationCommand> commands, string change) =>
        [.. commands, raw.Build(change, commands.Any(command => command.TransactionSuppressed))];
}
