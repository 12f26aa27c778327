namespace RagStudio.Data.Migrator;

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
);
