namespace RagStudio.Data.Benchmarks;

/// <summary>A target ratio and its measurement.</summary>
/// <param name="Ours">The product's program.</param>
/// <param name="Peer">The other program.</param>
/// <param name="Ratio">The ratio of their times, both minus an empty program.</param>
/// <param name="ProcessorRatio">The ratio of their processor times.</param>
/// <param name="Target">The highest acceptable ratio.</param>
internal sealed record ColdRatio(string Ours, string Peer, double Ratio, double? ProcessorRatio, double Target)
{
    public bool IsWithinTarget => Ratio <= Target;

    /// <returns><see langword="null"/> if one of the programs was not measured.</returns>
    public static ColdRatio? Of(ColdTarget target, IReadOnlyDictionary<string, ColdProgram> programs)
    {
        if (!programs.TryGetValue(target.Ours, out var ours) || !programs.TryGetValue(target.Peer, out var peer))
        {
            return null;
        }
        var less = programs[target.Less];
        var and = target.And is null ? null : programs[target.And];
        return new(
            target.Less == Programs.Empty ? ours.Name : $"{ours.Name}, less {less.Name}",
            and is null ? peer.Name : $"{peer.Name}, and {and.Name}",
            (ours.Milliseconds - less.Milliseconds) / (peer.LessEmpty + (and?.LessEmpty ?? 0)),
            (ours.ProcessorMilliseconds - less.ProcessorMilliseconds)
                / (peer.ProcessorLessEmpty + (and is null ? 0 : and.ProcessorLessEmpty)),
            target.Most
        );
    }
}
