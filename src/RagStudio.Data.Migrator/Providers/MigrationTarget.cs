using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator;

/// <summary>Where a migration of one database goes. The default is the newest version.</summary>
public readonly record struct MigrationTarget
{
    private MigrationTarget(string version) => Version = version;

    /// <summary>Everything that is pending is applied; nothing is ever reverted.</summary>
    public static MigrationTarget Latest => default;

    /// <summary>Everything is reverted.</summary>
    public static MigrationTarget Zero => new(Migration.InitialDatabase);

    /// <summary>EF's target; <see langword="null"/> for <see cref="Latest"/>.</summary>
    public string? Version { get; }

    /// <summary>Whatever is newer than a version is reverted.</summary>
    /// <param name="version">An applied migration's id.</param>
    /// <returns>The target.</returns>
    public static MigrationTarget BackTo(string version) => new(version);

    /// <summary>The target as the reason of a step that reverts, for the history.</summary>
    internal string Describe() => this == Zero ? "Everything was rolled back." : $"Rolled back to {Version}.";
}
