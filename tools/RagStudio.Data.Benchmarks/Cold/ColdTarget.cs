namespace RagStudio.Data.Benchmarks;

/// <summary>How the time of one program is to be to that of another one, both less the time of an empty program.</summary>
/// <param name="Ours">The one.</param>
/// <param name="Peer">The other one.</param>
/// <param name="Most">The largest ratio wanted.</param>
internal sealed record ColdTarget(string Ours, string Peer, double Most)
{
    /// <summary>The program whose time is taken off the one's.</summary>
    public string Less { get; init; } = Programs.Empty;
}
