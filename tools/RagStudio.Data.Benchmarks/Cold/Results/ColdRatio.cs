namespace RagStudio.Data.Benchmarks;

/// <summary>A ratio that was wanted, and what was measured.</summary>
internal sealed record ColdRatio(string Ours, string Peer, double Ratio, double Target)
{
    public bool IsWithinTarget => Ratio <= Target;
}
