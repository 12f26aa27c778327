using System.Collections.Concurrent;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>The migrations that a run applies or reverts, with their commands as far as those were compiled.</summary>
/// <param name="Migrations">The migrations, in the order of the run.</param>
/// <param name="Target">The target that they lead to.</param>
public sealed record CompiledSteps(IReadOnlyList<CompiledMigration> Migrations, MigrationTarget Target)
{
    /// <summary>True if they are reverted rather than applied.</summary>
    public bool IsReverting => Target.IsReverting;

    /// <summary>
    /// Returns true if a compiled migration matches the program's own. It is called just before the migration
    /// runs, so the first ones do not have to wait for those that are still being created.
    /// </summary>
    internal Func<CompiledMigration, bool> IsCurrent { get; init; } = _ => true;

    /// <summary>Keeps the commands that EF generates for the run, to generate none of them twice.</summary>
    internal ConcurrentDictionary<string, CompiledMigration> Generated { get; init; } =
        new(MigrationIdComparer.Default);

    /// <summary>
    /// Creates steps of which none was compiled: EF generates the commands of each when its turn comes.
    /// </summary>
    /// <param name="versions">The ids of the migrations, in the order of the run.</param>
    /// <param name="target">The target that they lead to.</param>
    /// <returns>The steps.</returns>
    public static CompiledSteps Uncompiled(IEnumerable<string> versions, MigrationTarget target) =>
        new([.. versions.Select(CompiledMigration.LeftToEF)], target);

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

    /// <summary>
    /// Finds the newest migration that is applied once a migration is reverted; <see langword="null"/> if none is.
    /// </summary>
    internal string? NewestWithout(string version)
    {
        var next = Migrations.SkipWhile(one => !MigrationIdComparer.Default.Equals(one.Version, version)).Skip(1);
        return next.FirstOrDefault()?.Version ?? (Target == MigrationTarget.Zero ? null : Target.Version);
    }
}
