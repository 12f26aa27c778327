namespace RagStudio.Data.Benchmarks;

/// <summary>A target for the ratio of two programs' times, both minus the time of an empty program.</summary>
/// <param name="Ours">The first program.</param>
/// <param name="Peer">The other program.</param>
/// <param name="Most">The highest acceptable ratio.</param>
internal sealed record ColdTarget(string Ours, string Peer, double Most)
{
    /// <summary>The program whose time is subtracted from that of the first.</summary>
    public string Less { get; init; } = Programs.Empty;

    /// <summary>A program whose time is added to that of the peer.</summary>
    public string? And { get; init; }
}
