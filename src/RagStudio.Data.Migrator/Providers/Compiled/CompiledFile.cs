namespace RagStudio.Data.Migrator.Providers;

/// <summary>The content of a file of compiled migrations.</summary>
internal sealed record CompiledFile(
    int Format,
    string Context,
    string Provider,
    string ProductVersion,
    IReadOnlyList<CompiledMigration> Migrations,
    IReadOnlyList<UncompiledMigration> LeftToEF
)
{
    /// <summary>By version, the hash of the schema that the migrations up to it create, where it is known.</summary>
    public IReadOnlyDictionary<string, string> Schemas { get; init; } = new Dictionary<string, string>();
}
