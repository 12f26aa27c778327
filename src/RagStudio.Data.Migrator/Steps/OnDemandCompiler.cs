using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Generates the commands of migrations that were not compiled ahead of time, each when its turn comes.
/// </summary>
internal sealed class OnDemandCompiler
{
    private readonly CompiledSteps _steps;
    private readonly MigrationSql _sql;
    private readonly MigrationArchive? _archive;
    private readonly RecentMigrations _recent;

    public OnDemandCompiler(DbContext context, CompiledSteps steps)
    {
        var migrations = context.GetService<IMigrationsAssembly>();
        (_steps, _sql) = (steps, new MigrationSql(context));
        _archive = MigrationArchive.Find(context.GetType(), migrations.Assembly);
        _recent = new RecentMigrations(migrations, _archive, context.Database.ProviderName!);
    }

    /// <summary>Returns the compiled migration, or else compiles it now.</summary>
    public CompiledMigration Complete(CompiledMigration migration) =>
        migration.IsLeftToEF ? _steps.Generated.GetOrAdd(migration.Version, Compile) : migration;

    private CompiledMigration Compile(string version)
    {
        // A migration that reads a clock differs each time: the recorded one must be the one that runs. EF's
        // generator modifies the operations, so they are read first.
        var migration = _recent[version];
        var (kind, checksum) = (MigrationKinds.For(migration), OperationChecksum.Compute(migration));
        var previous = _steps.IsReverting ? _steps.NewestWithout(version) : _recent.Before(version);
        return new CompiledMigration(
            version,
            kind,
            checksum,
            _steps.IsReverting ? [] : CompiledCommand.From(_sql.Up(migration)),
            MigrationCompiler.ArchivedDown(_archive, previous, version, checksum)
                ?? MigrationCompiler.CompileDown(
                    migration,
                    () => previous is null ? null : _recent[previous],
                    _sql,
                    isToRun: _steps.IsReverting
                )
        );
    }
}
