namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>How a cluster differs from the usual one.</summary>
public sealed record PostgresServerOptions
{
    /// <value>Whether it flushes to the disk, which only a power failure could tell; <see langword="false"/>.</value>
    public bool FlushesToDisk { get; init; }

    /// <value>0 switches two-phase commit off, as PostgreSQL does by default; 64.</value>
    public int MaxPreparedTransactions { get; init; } = 64;

    /// <value>200.</value>
    public int MaxConnections { get; init; } = 200;

    /// <value>
    /// Whether the cluster gets its own <c>system_identifier</c>, for an additional second; all others of a run are
    /// copies of one, as replicas are.
    /// </value>
    public bool HasOwnIdentity { get; init; }

    /// <value>More lines of <c>postgresql.conf</c>, by name.</value>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
