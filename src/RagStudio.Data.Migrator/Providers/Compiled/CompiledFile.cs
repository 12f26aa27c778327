namespace RagStudio.Data.Migrator.Providers;

/// <summary>The content of a file of compiled migrations.</summary>
internal sealed record CompiledFile(
    int Format,
    string Context,
    string Provider,
    string ProductVersion,
    IReadOnlyList<CompiledMigration> Migrations,
    IReadOnlyList<UncompiledMigration> LeftToEF
);
