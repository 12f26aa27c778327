namespace RagStudio.Data.Benchmarks;

/// <summary>A ratio that was wanted, and what was measured.</summary>
/// <param name="Ours">The product's program.</param>
/// <param name="Peer">The other one.</param>
/// <param name="Ratio">The time of the first to that of the other, both less an empty program.</param>
/// <param name="ProcessorRatio">The same of the time on the processor.</param>
/// <param name="Target">The largest ratio wanted.</param>
internal sealed record ColdRatio(string Ours, string Peer, double Ratio, double? ProcessorRatio, double Target)
{
    public bool IsWithinTarget => Ratio <= Target;

    /// <returns>Nothing where one of the programs was not measured.</returns>
    public static ColdRatio? Of(ColdTarget target, IReadOnlyDictionary<string, ColdProgram> programs)
    {
        if (!programs.TryGetValue(target.Ours, out var ours) || !programs.TryGetValue(target.Peer, out var peer))
        {
            return null;
        }
        var less = programs[target.Less];
        return new(
            target.Less == Programs.Empty ? ours.Name : $"{ours.Name}, less {less.Name}",
            peer.Name,
            (ours.Milliseconds - less.Milliseconds) / peer.LessEmpty,
            (ours.ProcessorMilliseconds - less.ProcessorMilliseconds) / peer.ProcessorLessEmpty,
            target.Most
        );
    }
}
