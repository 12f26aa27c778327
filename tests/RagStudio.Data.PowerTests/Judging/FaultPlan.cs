using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>Selects the calls of a run that fail.</summary>
internal static class FaultPlan
{
    /// <param name="counts">The number of calls of each class.</param>
    /// <param name="most">The maximum number of failing calls of a class; they are spread evenly.</param>
    public static IEnumerable<DiskFault> Of(IReadOnlyDictionary<FaultClass, int> counts, int most) =>
        counts.SelectMany(pair => Of(pair.Key, pair.Value, most));

    private static IEnumerable<DiskFault> Of(FaultClass kind, int count, int most)
    {
        var chosen = Math.Min(count, most);
        for (var i = 0; i < chosen; i++)
        {
            // The middle of the i-th part: neither always the first nor always the last.
            var first = 1 + (((2 * i) + 1) * count / (2 * chosen));
            // Each class begins with another kind of fault.
            var turn = i + (int)kind;
            var isFull = kind is FaultClass.Write or FaultClass.Create && turn % 2 == 1;
            yield return new DiskFault(
                kind,
                first,
                isFull ? DiskError.Full : DiskError.InputOutput,
                Count: turn % 3 == 2 ? 0 : 1
            );
        }
    }
}
