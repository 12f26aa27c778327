using RagStudio.Data.PowerTests.Disk;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>The moment of a power failure, and what has survived.</summary>
/// <param name="After">The number of recorded operations completed before it.</param>
/// <param name="How">What has survived.</param>
/// <param name="Seed">Chooses parts, and the kind of the next start.</param>
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
    /// Cuts in chronological order, without end: half of them just before or after a border, such as a flush
    /// or a rename, the others anywhere; and at the end.
    /// </summary>
    public static IEnumerable<PowerCut> Of(IReadOnlyList<DiskOperation> operations, int count, Random random)
    {
        var borders = operations.Index().Where(pair => pair.Item.IsBorder).Select(pair => pair.Index).ToArray();
        var cuts = new List<PowerCut>();
        for (var i = 0; cuts.Count < count; i++)
        {
            // Spread evenly, so even a few cuts cover all parts of the run.
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
