using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>Where a migration of one database goes. The default is the newest version.</summary>
public readonly record struct MigrationTarget
{
    private MigrationTarget(string version, bool isReverting) => (Version, IsReverting) = (version, isReverting);

    /// <summary>Everything that is pending is applied; nothing is ever reverted.</summary>
    public static MigrationTarget Latest => default;

    /// <summary>Everything is reverted.</summary>
    public static MigrationTarget Zero => new(Migration.InitialDatabase, isReverting: true);

    /// <summary>EF's target; <see langword="null"/> for <see cref="Latest"/>.</summary>
    public string? Version { get; }

    /// <summary>Whether applied migrations are reverted, and nothing is applied; otherwise pending ones are applied, and nothing is reverted.</summary>
    public bool IsReverting { get; }

    /// <summary>Whatever is newer than a version is reverted.</summary>
    /// <param name="version">An applied migration's id.</param>
    /// <returns>The target.</returns>
    public static MigrationTarget BackTo(string version) => new(version, isReverting: true);

    /// <summary>What is pending is applied up to a version. Nothing that is applied may be newer: EF would revert it.</summary>
    /// <param name="version">A pending migration's id.</param>
    /// <returns>The target.</returns>
    public static MigrationTarget UpTo(string version) => new(version, isReverting: false);

    /// <summary>The target as the reason of a step that reverts, for the history.</summary>
    internal string Describe() => this == Zero ? "Everything was rolled back." : $"Rolled back to {Version}.";
}
