namespace RagStudio.Data.Migrator;

/// <summary>
/// Finds the compiled migrations for a run, and tells why they cannot be used where they are not what the program's own are. A file is read when
/// something is to be run, once.
/// </summary>
internal static class CompiledLookup
{
    /// <summary>The steps of a run.</summary>
    /// <returns>The compiled steps, or why there are none; neither where nothing was compiled.</returns>
    public static (CompiledSteps? Steps, string? Problem) Find(DatabaseSteps plan)
    {
        if (plan.Versions.Count == 0)
        {
            return default;
        }
        var (steps, problem) = Find(plan.Database, plan.Versions, plan.IsReverting);
        return steps is not null && plan.IsReverting && !IsWholeWayBack(plan)
            ? (null, "the way back leaves out a migration that is not applied")
            : (steps, problem);
    }

    /// <summary>Migrations that are applied in this order.</summary>
    public static (CompiledSteps? Steps, string? Problem) Find(
        IMigrationDatabase database,
        IReadOnlyList<string> versions
    ) => Find(database, versions, isReverting: false);

    private static (CompiledSteps? Steps, string? Problem) Find(
        IMigrationDatabase database,
        IReadOnlyList<string> versions,
        bool isReverting
    )
    {
        var (compiled, problem) = Read(database);
        if (compiled is null || problem is not null)
        {
            return (null, problem);
        }
        var program = ProgramMigrations.Of(database);
        var migrations = new List<CompiledMigration>(versions.Count);
        foreach (var version in versions)
        {
            if (compiled.Find(version) is not { } migration || program[version].Checksum != migration.Checksum)
            {
                return (null, $"the migration {version} was changed after it was compiled");
            }
            if (isReverting && migration.Down.Count == 0)
            {
                return (null, $"the way back of {version} could not be compiled");
            }
            migrations.Add(migration);
        }
        return (new CompiledSteps(migrations, isReverting), null);
    }

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
        var known = database.Migrations.Select(migration => migration.Version);
        var ids = compiled.Migrations.Select(migration => migration.Version);
        return ids.SequenceEqual(known, MigrationPlanner.VersionOrder)
            ? null
            : "they were compiled before a migration was added or removed";
    }

    /// <summary>A compiled way back leads to the migration just before; EF's leads to the one before that is applied.</summary>
    private static bool IsWholeWayBack(DatabaseSteps plan)
    {
        var order = MigrationPlanner.VersionOrder;
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
