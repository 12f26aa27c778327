namespace RagStudio.Data.Migrator.Providers;

/// <summary>What stands in a file of compiled migrations.</summary>
internal sealed record CompiledFile(
    int Format,
    string Context,
    string Provider,
    string ProductVersion,
    IReadOnlyList<CompiledMigration> Migrations,
    IReadOnlyList<UncompiledMigration> LeftToEF
);
