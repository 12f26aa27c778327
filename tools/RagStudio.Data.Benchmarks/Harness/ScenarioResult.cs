namespace RagStudio.Data.Benchmarks;

/// <summary>The measurements of a scenario.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Description">What it works on.</param>
/// <param name="Milliseconds">The median of the product's runs; the longest run if there is no alternative.</param>
/// <param name="PeerMilliseconds">The median of the alternative's runs.</param>
/// <param name="Ratio">The first divided by the second.</param>
/// <param name="Target">The highest acceptable ratio, or number of milliseconds if there is no alternative.</param>
/// <param name="PeakManagedMegabytes">The peak managed memory during the product's runs.</param>
/// <param name="PeakWorkingSetMegabytes">The peak memory of the process in that time, including SQLite's.</param>
/// <param name="PeerPeakManagedMegabytes">The same for the alternative's runs.</param>
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
