namespace RagStudio.Data.Migrator.Providers;

/// <summary>A migration's commands as EF generated them when the migrations were compiled, without the change of EF's history.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Kind">What it changes.</param>
/// <param name="Checksum">Lower-case hex SHA-256 over its operations, as the history has it.</param>
/// <param name="Up">What applies it.</param>
/// <param name="Down">What reverts it; empty where it has no way back.</param>
public sealed record CompiledMigration(
    string Version,
    MigrationKind Kind,
    string Checksum,
    IReadOnlyList<CompiledCommand> Up,
    IReadOnlyList<CompiledCommand> Down
)
{
    /// <summary>Whether its commands are generated when it runs, since they could not be before: it has none of its own.</summary>
    internal bool IsLeftToEF { get; private init; }

    /// <summary>Stands for a migration that could not be compiled.</summary>
    internal static CompiledMigration LeftToEF(string version) =>
        new(version, MigrationKind.Schema, "", [], []) { IsLeftToEF = true };
}
