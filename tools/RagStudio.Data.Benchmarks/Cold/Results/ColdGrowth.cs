namespace RagStudio.Data.Benchmarks;

/// <summary>How many times longer a program takes for more migrations.</summary>
internal sealed record ColdGrowth(string Name, int From, int To, double Times)
{
    /// <summary>Of every program, between each number of migrations and the next one.</summary>
    public static IReadOnlyList<ColdGrowth> Of(IEnumerable<ColdResult> results)
    {
        var sizes = results
            .Where(result => result.Migrations is not null)
            .OrderBy(result => result.Migrations)
            .ToList();
        return
        [
            .. sizes
                .Zip(sizes.Skip(1))
                .SelectMany(pair =>
                    pair.First.Programs.Where(program => program.Name != Programs.Empty)
                        .Join(
                            pair.Second.Programs,
                            less => less.Name,
                            more => more.Name,
                            (less, more) =>
                                new ColdGrowth(
                                    less.Name,
                                    pair.First.Migrations!.Value,
                                    pair.Second.Migrations!.Value,
                                    more.LessEmpty / less.LessEmpty
                                )
                        )
                ),
        ];
    }
}
