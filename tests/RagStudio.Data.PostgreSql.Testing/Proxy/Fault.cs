namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>What a <see cref="CuttingProxy"/> does to a connection at a statement.</summary>
public enum Fault
{
    /// <summary>Cuts it; the server never sees the statement.</summary>
    CutBeforeForwarding,

    /// <summary>Cuts it as soon as the server has been sent the statement, which it goes on to run.</summary>
    CutAfterForwarding,

    /// <summary>Cuts it when the server has run the statement, and keeps the answer back.</summary>
    CutBeforeAnswer,

    /// <summary>Swallows the statement and all that follows in both directions; both ends believe in the connection.</summary>
    HalfOpenBeforeForwarding,

    /// <summary>Forwards the statement, then swallows all in both directions; both ends believe in the connection.</summary>
    HalfOpenAfterForwarding,

    /// <summary>Keeps the statement back until <see cref="Interruption.Release"/>.</summary>
    Hold,
}
