namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What a storage keeps for a database to save later starts and checks some work. It is part of neither the schema nor
/// the history; if it is missing, everything is computed anew.
/// </summary>
public sealed record DatabaseCache
{
    /// <summary>An empty cache.</summary>
    public static DatabaseCache Empty { get; } = new();

    /// <summary>Detects if the schema has changed since it was last found correct.</summary>
    /// <value>Default: <see langword="null"/>, for nothing.</value>
    public SchemaFingerprint? Schema { get; init; }

    /// <summary>
    /// Detects if the program's migrations or the recorded checksums have changed since they were last compared: a
    /// short text.
    /// </summary>
    /// <value>Default: <see langword="null"/>, for nothing.</value>
    public string? ProgramStamp { get; init; }
}
