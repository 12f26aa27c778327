namespace RagStudio.Data.Migrator.Providers;

/// <summary>Compiled migrations that a run applies or reverts.</summary>
/// <param name="Migrations">The migrations, in the order of the run.</param>
/// <param name="IsReverting">True if they are reverted rather than applied.</param>
public sealed record CompiledSteps(IReadOnlyList<CompiledMigration> Migrations, bool IsReverting)
{
    /// <summary>
    /// Returns true if a compiled migration matches the program's own. It is called just before the migration
    /// runs, so the first ones do not have to wait for those that are still being created.
    /// </summary>
    internal Func<CompiledMigration, bool> IsCurrent { get; init; } = _ => true;

    /// <summary>True if any of them is generated when its turn comes, which needs a context.</summary>
    public bool NeedsContext => Migrations.Any(migration => migration.IsLeftToEF);

    /// <summary>
    /// Returns the commands that apply a migration; <see langword="null"/> if EF has to generate them.
    /// </summary>
    /// <param name="version">Its id.</param>
    public IReadOnlyList<CompiledCommand>? CommandsOf(string version) =>
        Migrations.FirstOrDefault(one => MigrationIdComparer.Default.Equals(one.Version, version))
            is { IsLeftToEF: false } found
            ? found.Up
            : null;

    /// <summary>Returns the commands of a migration, without the change of EF's history.</summary>
    internal IReadOnlyList<CompiledCommand> CommandsOf(CompiledMigration migration) =>
        IsReverting ? migration.Down : migration.Up;
}
