using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// Finds the compiled migrations for a run, and says why they cannot be used if they differ from the program's. A file
/// is read once, when something is about to run.
/// </summary>
internal static class CompiledLookup
{
    /// <summary>Finds the steps of a run, which checks each one before it runs it.</summary>
    /// <returns>The compiled steps, or the reason why there are none; neither if nothing was compiled.</returns>
    public static (CompiledSteps? Steps, string? Problem) Find(DatabasePlan plan)
    {
        if (plan.Versions.Count == 0)
        {
            return default;
        }
        var (steps, problem) = Find(plan.Database, plan.Versions, plan.Target);
        return steps is not null && plan.IsReverting && !IsContiguous(plan)
            ? (null, "the rollback skips a migration that is not applied")
            : (steps, problem);
    }

    /// <summary>
    /// Finds the steps for migrations to apply in this order, if all of them are current. If not, those of archived ones
    /// are the only that are known.
    /// </summary>
    /// <returns>The steps; <see langword="null"/> if nothing of them is known.</returns>
    /// <exception cref="InvalidDataException">An archived migration was edited.</exception>
    public static CompiledSteps? FindCurrent(IMigrationDatabase database, IReadOnlyList<string> versions)
    {
        var (steps, _) = Find(database, versions, MigrationTarget.Latest);
        if (steps?.Migrations.All(steps.IsCurrent) == true)
        {
            return steps;
        }
        var uncompiled = Uncompiled(database, versions, MigrationTarget.Latest);
        return uncompiled.Migrations.Any(migration => migration.IsArchived) ? uncompiled : null;
    }

    /// <summary>The steps of migrations of which EF generates the commands, except those of archived ones.</summary>
    /// <exception cref="InvalidDataException">An archived migration was edited.</exception>
    public static CompiledSteps Uncompiled(
        IMigrationDatabase database,
        IEnumerable<string> versions,
        MigrationTarget target
    ) =>
        new(
            [.. versions.Select(version => Archived(database, version) ?? CompiledMigration.LeftToEF(version))],
            target
        );

    /// <summary>
    /// Finds the hash of the schema that migrations, all up to the last of them, created when they were compiled;
    /// <see langword="null"/> if it is unknown.
    /// </summary>
    public static string? FindSchema(IMigrationDatabase database, IReadOnlyList<string> applied)
    {
        var known = database.Migrations.Take(applied.Count).ToArray();
        return !known.Select(migration => migration.Version).SequenceEqual(applied, MigrationIdComparer.Default) ? null
            : known[^1].Source is { } archived ? archived.Schema
            : Read(database) is ({ } compiled, null) ? compiled.Schemas.GetValueOrDefault(applied[^1])
            : null;
    }

    /// <summary>Reads the file in advance for a run.</summary>
    public static void Prepare(IMigrationDatabase database) => Read(database);

    /// <summary>The reason why a migration cannot be used.</summary>
    public static string Changed(string version) => $"the migration {version} was changed after it was compiled";

    private static (CompiledSteps? Steps, string? Problem) Find(
        IMigrationDatabase database,
        IReadOnlyList<string> versions,
        MigrationTarget target
    )
    {
        var (compiled, problem) = Read(database);
        if (compiled is null || problem is not null)
        {
            return (null, problem);
        }
        var migrations = versions.Select(version => Archived(database, version) ?? compiled.StepOf(version)!).ToArray();
        var program = ProgramMigrations.For(database);
        if (target.IsReverting && Array.Find(migrations, migration => LacksDown(migration, program)) is { } oneWay)
        {
            return (null, $"the Down of {oneWay.Version} could not be compiled");
        }
        return (
            new CompiledSteps(migrations, target)
            {
                IsCurrent = migration =>
                    migration.IsLeftToEF || program[migration.Version].Checksum == migration.Checksum,
            },
            null
        );
    }

    /// <summary>
    /// True if a compiled migration has no commands to revert it although the program's migration can be
    /// reverted.
    /// </summary>
    private static bool LacksDown(CompiledMigration migration, ProgramMigrations program) =>
        migration is { IsLeftToEF: false, IsArchived: false, Down.Count: 0 }
        && program[migration.Version].Down is not { Exists: true, Operations.Count: 0 };

    private static (CompiledMigrations? Found, string? Problem) Read(IMigrationDatabase database)
    {
        try
        {
            return database.FindCompiled() is { } compiled ? (compiled, FindProblem(database, compiled)) : default;
        }
        catch (InvalidDataException failure)
        {
            return (null, failure.Message);
        }
    }

    private static string? FindProblem(IMigrationDatabase database, CompiledMigrations compiled)
    {
        if (compiled.Provider != database.EFProvider)
        {
            return $"they were compiled for {compiled.Provider}";
        }
        var archived = database.Migrations.Where(migration => migration.Source is not null);
        var known = database.Migrations.Except(archived).Select(migration => migration.Version);
        // The file may be from before they were archived.
        var ids = compiled
            .Versions.Except(archived.Select(migration => migration.Version), MigrationIdComparer.Default)
            .Order(MigrationIdComparer.Default);
        return ids.SequenceEqual(known.Order(MigrationIdComparer.Default), MigrationIdComparer.Default)
            ? null
            : "they were compiled before a migration was added or removed";
    }

    /// <summary>Finds the commands of an archived migration; <see langword="null"/> if it is not archived.</summary>
    /// <exception cref="InvalidDataException">It was edited, or its commands are those of another provider.</exception>
    private static CompiledMigration? Archived(IMigrationDatabase database, string version) =>
        ProgramMigrations.For(database)[version].Known.Source is not { } archived ? null
        : archived.Archive.Provider == database.EFProvider ? archived.Commands
        : throw new InvalidDataException(
            $"The migration {version} was archived for {archived.Archive.Provider}: there are no commands of it for {database.EFProvider}."
        );

    /// <summary>
    /// A compiled <c>Down</c> leads to the migration just before; EF's leads to the previous applied one.
    /// </summary>
    private static bool IsContiguous(DatabasePlan plan)
    {
        var order = MigrationIdComparer.Default;
        var known = plan.Database.Migrations.Select(migration => migration.Version).Reverse();
        return known
            .SkipWhile(version => !order.Equals(version, plan.Versions[0]))
            .Take(plan.Versions.Count + 1)
            .SequenceEqual(
                plan.Target == MigrationTarget.Zero ? plan.Versions : [.. plan.Versions, plan.Target.Version!],
                order
            );
    }
}
