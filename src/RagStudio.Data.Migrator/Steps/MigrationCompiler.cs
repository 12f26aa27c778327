using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>Generates the commands of a context's migrations ahead of time. For providers.</summary>
public static class MigrationCompiler
{
    /// <summary>
    /// Compiles the migrations of a context. It touches no database, and builds the model of each migration. A
    /// migration that differs each time it is created, or whose SQL cannot be generated, is left to EF.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <returns>The migrations.</returns>
    /// <exception cref="InvalidOperationException">The context's model has changes without a migration.</exception>
    public static CompiledMigrations Compile(DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // EF's migrator makes this check on every start, by building the model. Compiled migrations run without it.
        if (EFMigrator.HasModelChanges(context))
        {
            throw new InvalidOperationException(
                $"The model of {context.GetType().Name} has changes that no migration contains. Add one, then compile: dotnet ef migrations add."
            );
        }
        var sql = new MigrationSql(context);
        var compiled = new List<CompiledMigration>();
        var leftToEF = new List<UncompiledMigration>();
        Migration? previous = null;
        var migrations = context.GetService<IMigrationsAssembly>();
        foreach (var (version, migrationType) in migrations.Migrations)
        {
            var migration = migrations.CreateMigration(migrationType, context.Database.ProviderName!);
            var again = migrations.CreateMigration(migrationType, context.Database.ProviderName!);
            try
            {
                compiled.Add(Compile(version, migration, again, previous, sql));
            }
            // Migrations are the application's code, and may throw anything. EF reports the error when it
            // runs one of them.
            catch (Exception failure)
            {
                leftToEF.Add(new UncompiledMigration(version, failure.Message));
            }
            previous = migration;
        }
        if (compiled.Count == 0 && leftToEF is [var first, ..])
        {
            throw new InvalidOperationException(
                $"None of the migrations of {context.GetType().Name} can be compiled, {first.Version} for one: {first.Reason}."
            );
        }
        return new CompiledMigrations(
            new CompiledFile(
                CompiledMigrations.KnownFormat,
                context.GetType().FullName!,
                context.Database.ProviderName!,
                ProgramVersion.EFCore,
                compiled,
                leftToEF
            )
        );
    }

    private static CompiledMigration Compile(
        string version,
        Migration migration,
        Migration again,
        Migration? previous,
        MigrationSql sql
    )
    {
        var checksum = OperationChecksum.Compute(migration);
        if (checksum != OperationChecksum.Compute(again))
        {
            throw new InvalidOperationException(
                "it differs each time it is created, because of a clock or random values"
            );
        }
        return new CompiledMigration(
            version,
            MigrationKinds.For(migration),
            checksum,
            CompiledCommand.From(sql.Up(migration)),
            CompileDown(migration, () => previous, sql)
        );
    }

    internal static IReadOnlyList<CompiledCommand> CompileDown(
        Migration migration,
        Func<Migration?> previous,
        MigrationSql sql,
        bool isToRun = false
    )
    {
        if (!MigrationDown.From(migration).Exists)
        {
            return [];
        }
        try
        {
            return CompiledCommand.From(sql.Down(migration, previous()));
        }
        // A Down that EF cannot turn into SQL fails in EF, if it is ever run.
        catch (Exception) when (!isToRun)
        {
            return [];
        }
    }
}
