namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What a storage keeps for a database so that later starts and checks have less to do. It is no part of the schema, nor of the history; where it is
/// missing, everything is found out anew.
/// </summary>
public sealed record DatabaseCache
{
    /// <summary>A cache that holds nothing.</summary>
    public static DatabaseCache Empty { get; } = new();

    /// <summary>What tells if the schema has changed since it was last found as it should be.</summary>
    /// <value>Default: <see langword="null"/>, for nothing.</value>
    public SchemaFingerprint? Schema { get; init; }

    /// <summary>What tells if the program's migrations or the recorded checksums have changed since they were last compared: a short text.</summary>
    /// <value>Default: <see langword="null"/>, for nothing.</value>
    public string? ProgramStamp { get; init; }
}
