using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>The target of a migration of one database. The default is the latest version.</summary>
public readonly record struct MigrationTarget
{
    private MigrationTarget(string version, bool isReverting) => (Version, IsReverting) = (version, isReverting);

    /// <summary>Applies everything pending; nothing is ever reverted.</summary>
    public static MigrationTarget Latest => default;

    /// <summary>Reverts everything.</summary>
    public static MigrationTarget Zero => new(Migration.InitialDatabase, isReverting: true);

    /// <summary>EF's target; <see langword="null"/> for <see cref="Latest"/>.</summary>
    public string? Version { get; }

    /// <summary>
    /// True if applied migrations are reverted and nothing is applied; otherwise pending ones are applied and
    /// nothing is reverted.
    /// </summary>
    public bool IsReverting { get; }

    /// <summary>Reverts everything newer than a version.</summary>
    /// <param name="version">An applied migration's id.</param>
    /// <returns>The target.</returns>
    public static MigrationTarget BackTo(string version) => new(version, isReverting: true);

    /// <summary>
    /// Applies pending migrations up to a version. No applied migration may be newer, because EF would revert
    /// it.
    /// </summary>
    /// <param name="version">A pending migration's id.</param>
    /// <returns>The target.</returns>
    public static MigrationTarget UpTo(string version) => new(version, isReverting: false);

    /// <summary>Describes the target in the history, as the reason for a revert.</summary>
    internal string Describe() => this == Zero ? "Everything was rolled back." : $"Rolled back to {Version}.";
}
