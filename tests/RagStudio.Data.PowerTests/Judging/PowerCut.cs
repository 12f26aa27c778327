using RagStudio.Data.PowerTests.Disk;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>A moment at which the power fails, and what has survived.</summary>
/// <param name="After">How many of the recorded operations had been done.</param>
/// <param name="How">What has survived.</param>
/// <param name="Seed">Decides on parts, and on what the next start is.</param>
internal sealed record PowerCut(int After, Survival How, int Seed)
{
    private static readonly Survival[] Likely =
    [
        Survival.Part,
        Survival.Nothing,
        Survival.Part,
        Survival.Names,
        Survival.Part,
        Survival.Content,
        Survival.Part,
        Survival.Everything,
    ];

    /// <summary>
    /// Cuts in the order of time, for ever more: half of them just before or after a border, such as a flush or a rename, the others anywhere; and at the end.
    /// </summary>
    public static IEnumerable<PowerCut> Of(IReadOnlyList<DiskOperation> operations, int count, Random random)
    {
        var borders = operations.Index().Where(pair => pair.Item.IsBorder).Select(pair => pair.Index).ToArray();
        var cuts = new List<PowerCut>();
        for (var i = 0; cuts.Count < count; i++)
        {
            // Spread evenly, so that few cuts are in all parts of the run as well.
            var place = ((i / 2) + random.NextDouble()) / ((count + 1) / 2);
            var after =
                i % 2 == 0
                    ? borders[(int)(place * borders.Length)] + random.Next(2)
                    : (int)(place * (operations.Count + 1));
            cuts.Add(new PowerCut(after, Likely[random.Next(Likely.Length)], random.Next()));
        }
        foreach (var how in new[] { Survival.Nothing, Survival.Names, Survival.Content, Survival.Part })
        {
            cuts.Add(new PowerCut(operations.Count, how, random.Next()));
        }
        return cuts.OrderBy(cut => cut.After);
    }
}
