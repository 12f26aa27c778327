namespace RagStudio.Data.Benchmarks;

/// <summary>The factor by which a program takes longer for more migrations, each time minus an empty program.</summary>
internal sealed record ColdGrowth(string Name, int From, int To, double Times, double? ProcessorTimes)
{
    /// <summary>The highest acceptable factor, if there is a target.</summary>
    public double? Target => (Name, From, To) == (Benchmarks.Programs.OursCompiled, 100, 500) ? 6 : null;

    /// <summary>Computes it for every program, between each number of migrations and the next.</summary>
    public static IReadOnlyList<ColdGrowth> Of(IEnumerable<ColdResult> results)
    {
        var sizes = results
            .Where(result => result.Migrations is not null)
            .OrderBy(result => result.Migrations)
            .ToList();
        return [.. sizes.Zip(sizes.Skip(1)).SelectMany(pair => Between(pair.First, pair.Second))];
    }

    private static IEnumerable<ColdGrowth> Between(ColdResult few, ColdResult many) =>
        few
            .Programs.Where(program => program.Name != Benchmarks.Programs.Empty)
            .Join(
                many.Programs,
                program => program.Name,
                program => program.Name,
                (less, more) =>
                    new ColdGrowth(
                        less.Name,
                        few.Migrations!.Value,
                        many.Migrations!.Value,
                        more.LessEmpty / less.LessEmpty,
                        more.ProcessorLessEmpty / less.ProcessorLessEmpty
                    )
            );
}
