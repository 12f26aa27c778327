namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>How long a client of a pooler keeps a connection to the server.</summary>
public enum PoolMode
{
    /// <summary>Until it disconnects.</summary>
    Session,

    /// <summary>Until its transaction ends.</summary>
    Transaction,
}
