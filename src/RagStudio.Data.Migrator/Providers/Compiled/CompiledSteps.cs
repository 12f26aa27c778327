namespace RagStudio.Data.Migrator.Providers;

/// <summary>Compiled migrations that a run applies or reverts.</summary>
/// <param name="Migrations">The migrations, in the order of the run.</param>
/// <param name="IsReverting">Whether they are reverted, not applied.</param>
public sealed record CompiledSteps(IReadOnlyList<CompiledMigration> Migrations, bool IsReverting)
{
    /// <summary>
    /// Whether one of them is what the program's own migration does. It is asked just before it runs: the first ones need not wait for those
    /// that are still being created.
    /// </summary>
    internal Func<CompiledMigration, bool> IsCurrent { get; init; } = _ => true;

    /// <summary>Whether one of them is to be generated when its turn comes, for which a context is needed.</summary>
    public bool NeedsContext => Migrations.Any(migration => migration.IsLeftToEF);

    /// <summary>What applies a migration; <see langword="null"/> where EF has to generate it.</summary>
    /// <param name="version">Its id.</param>
    public IReadOnlyList<CompiledCommand>? CommandsOf(string version) =>
        Migrations.FirstOrDefault(one => MigrationIdComparer.Default.Equals(one.Version, version))
            is { IsLeftToEF: false } found
            ? found.Up
            : null;

    /// <summary>The commands of one of them, without the change of EF's history.</summary>
    internal IReadOnlyList<CompiledCommand> CommandsOf(CompiledMigration migration) =>
        IsReverting ? migration.Down : migration.Up;
}
