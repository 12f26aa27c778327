using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using EFInternalMigrator = Microsoft.EntityFrameworkCore.Migrations.Internal.Migrator;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// EF's migrator, except that the model of a migration is built only if its commands depend on it, and is then
/// released. EF's own builds the model of every migration, which is most of its time, and keeps them all.
/// </summary>
[SuppressMessage(
    "Usage",
    "EF1001:Internal EF Core API usage.",
    Justification = "Nothing else lets a migration's commands be generated in another way. EF's minor version is fixed, and tests would tell."
)]
[SuppressMessage(
    "Performance",
    "CA1812:Avoid uninstantiated internal classes",
    Justification = "ActivatorUtilities creates it, with EF's services."
)]
internal sealed class StepMigrator(
    IMigrationsAssembly migrationsAssembly,
    IHistoryRepository history,
    IDatabaseCreator databaseCreator,
    IMigrationsSqlGenerator generator,
    IRawSqlCommandBuilder rawSql,
    IMigrationCommandExecutor executor,
    IRelationalConnection connection,
    ISqlGenerationHelper sqlHelper,
    ICurrentDbContext current,
    IModelRuntimeInitializer modelInitializer,
    IDiagnosticsLogger<DbLoggerCategory.Migrations> logger,
    IRelationalCommandDiagnosticsLogger commandLogger,
    IDatabaseProvider databaseProvider,
    IMigrationsModelDiffer differ,
    IDesignTimeModel designTimeModel,
    IDbContextOptions contextOptions,
    IExecutionStrategy executionStrategy,
    StepSql sql
)
    : EFInternalMigrator(
        migrationsAssembly,
        history,
        databaseCreator,
        generator,
        rawSql,
        executor,
        connection,
        sqlHelper,
        current,
        modelInitializer,
        logger,
        commandLogger,
        databaseProvider,
        differ,
        designTimeModel,
        contextOptions,
        executionStrategy
    )
{
    protected override IReadOnlyList<MigrationCommand> GenerateUpSql(
        Migration migration,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    ) => sql.Up(migration.GetId(), migration, options);

    protected override IReadOnlyList<MigrationCommand> GenerateDownSql(
        Migration migration,
        Migration? previousMigration,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    ) => sql.Down(migration.GetId(), migration, previousMigration?.GetId(), options);
}
