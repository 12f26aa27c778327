namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Data that a storage keeps for a database to save work in later starts and checks. It belongs neither to
/// the schema nor to the history; if it is missing, everything is computed again.
/// </summary>
public sealed record DatabaseCache
{
    /// <summary>An empty cache.</summary>
    public static DatabaseCache Empty { get; } = new();

    /// <summary>The fingerprint that shows if the schema has changed since it was last found as expected.</summary>
    /// <value>Default: <see langword="null"/>, for none.</value>
    public SchemaFingerprint? Schema { get; init; }

    /// <summary>
    /// A short text that shows if the program's migrations or the recorded checksums have changed since they
    /// were last compared.
    /// </summary>
    /// <value>Default: <see langword="null"/>, for none.</value>
    public string? ProgramStamp { get; init; }
}
