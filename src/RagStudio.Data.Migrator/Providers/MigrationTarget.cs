using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>The target of the migrations of one database. By default they are applied.</summary>
public readonly record struct MigrationTarget
{
    private MigrationTarget(string version) => Version = version;

    /// <summary>Applies pending migrations; nothing is ever reverted.</summary>
    public static MigrationTarget Latest => default;

    /// <summary>Reverts everything.</summary>
    public static MigrationTarget Zero => new(Migration.InitialDatabase);

    /// <summary>The newest migration that stays; <see langword="null"/> for <see cref="Latest"/>.</summary>
    public string? Version { get; }

    /// <summary>
    /// True if applied migrations are reverted and nothing is applied; otherwise pending ones are applied and
    /// nothing is reverted.
    /// </summary>
    public bool IsReverting => Version is not null;

    /// <summary>Reverts everything newer than a version.</summary>
    /// <param name="version">An applied migration's id.</param>
    /// <returns>The target.</returns>
    public static MigrationTarget BackTo(string version) => new(version);

    /// <summary>Describes the target in the history, as the reason for a revert.</summary>
    internal string Describe() => this == Zero ? "Everything was rolled back." : $"Rolled back to {Version}.";
}
