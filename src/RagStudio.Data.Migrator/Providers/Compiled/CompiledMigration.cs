namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A migration's commands as EF generated them when the migrations were compiled, without the change of EF's
/// history.
/// </summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="Checksum">The lower-case hexadecimal SHA-256 of its operations, as recorded in the history.</param>
/// <param name="Up">The commands that apply it.</param>
/// <param name="Down">The commands that revert it; empty if it cannot be reverted.</param>
public sealed record CompiledMigration(
    string Version,
    MigrationKind Kind,
    string Checksum,
    IReadOnlyList<CompiledCommand> Up,
    IReadOnlyList<CompiledCommand> Down
)
{
    /// <summary>
    /// True if its commands are generated when it runs, because they could not be compiled: it has none of
    /// its own.
    /// </summary>
    internal bool IsLeftToEF { get; private init; }

    /// <summary>True if it is from an archive: the program has no class of it.</summary>
    internal bool IsArchived { get; init; }

    /// <summary>Creates the placeholder of a migration that could not be compiled.</summary>
    internal static CompiledMigration LeftToEF(string version) =>
        new(version, MigrationKind.Schema, "", [], []) { IsLeftToEF = true };
}
