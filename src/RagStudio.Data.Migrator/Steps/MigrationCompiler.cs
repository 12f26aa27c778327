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
        var migrations = context.GetService<IMigrationsAssembly>();
        var archive = MigrationArchive.Find(context.GetType(), migrations.Assembly);
        DemandNext(context, archive, migrations);
        var recent = new RecentMigrations(migrations, archive, context.Database.ProviderName!);
        foreach (var (version, migrationType) in migrations.Migrations)
        {
            var migration = recent[version];
            var again = migrations.CreateMigration(migrationType, context.Database.ProviderName!);
            try
            {
                compiled.Add(Compile(version, migration, again, recent, archive, sql));
            }
            // Migrations are the application's code, and may throw anything. EF reports the error when it
            // runs one of them.
            catch (Exception failure)
            {
                leftToEF.Add(new UncompiledMigration(version, failure.Message));
            }
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
        RecentMigrations recent,
        MigrationArchive? archive,
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
        var previous = recent.Before(version);
        return new CompiledMigration(
            version,
            MigrationKinds.For(migration),
            checksum,
            CompiledCommand.From(sql.Up(migration)),
            ArchivedDown(archive, previous, version, checksum)
                ?? CompileDown(migration, () => previous is null ? null : recent[previous], sql)
        );
    }

    /// <summary>
    /// The commands that revert a migration to an archived one, whose model is gone, as they were compiled when it was
    /// archived; <see langword="null"/> if EF has to generate them.
    /// </summary>
    internal static IReadOnlyList<CompiledCommand>? ArchivedDown(
        MigrationArchive? archive,
        string? previous,
        string version,
        string checksum
    ) =>
        archive?.Migrations is [.., var newest] && MigrationIdComparer.Default.Equals(newest.Version, previous)
            ? archive.DownOf(version, checksum)
            : null;

    /// <summary>
    /// EF's <c>migrations remove</c> deletes the model snapshot with the oldest migration that it sees, and the next one
    /// that is added would create everything again.
    /// </summary>
    private static void DemandNext(DbContext context, MigrationArchive? archive, IMigrationsAssembly migrations)
    {
        if (archive is not null && !migrations.Migrations.ContainsKey(archive.Next.Version))
        {
            throw new InvalidOperationException(
                $"{context.GetType().Name} has no migration {archive.Next.Version}, which follows its archived ones, and EF has removed the model snapshot with it. Restore both from version control."
            );
        }
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
