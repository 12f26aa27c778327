namespace RagStudio.Data.Benchmarks;

/// <summary>What was measured in one scenario.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Description">What it works on.</param>
/// <param name="Milliseconds">The median of the product's runs; the longest where there is no other way.</param>
/// <param name="PeerMilliseconds">The median of the other's runs.</param>
/// <param name="Ratio">The first divided by the second.</param>
/// <param name="Target">The largest ratio wanted, or the most milliseconds where there is no other way.</param>
/// <param name="PeakManagedMegabytes">The most managed memory while the product's runs were going on.</param>
/// <param name="PeakWorkingSetMegabytes">The most memory of the process meanwhile, SQLite's included.</param>
/// <param name="PeerPeakManagedMegabytes">The same for the other's runs.</param>
internal sealed record ScenarioResult(
    string Name,
    string Description,
    double Milliseconds,
    double? PeerMilliseconds,
    double? Ratio,
    double Target,
    double PeakManagedMegabytes,
    double PeakWorkingSetMegabytes,
    double PeerPeakManagedMegabytes
)
{
    public bool IsWithinTarget => (Ratio ?? Milliseconds) <= Target;
}
