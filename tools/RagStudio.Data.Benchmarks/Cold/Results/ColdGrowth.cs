namespace RagStudio.Data.Benchmarks;

/// <summary>How many times longer a program takes for more migrations, less an empty one each time.</summary>
internal sealed record ColdGrowth(string Name, int From, int To, double Times, double? ProcessorTimes)
{
    /// <summary>The most wanted, where something is.</summary>
    public double? Target => (Name, From, To) == (Benchmarks.Programs.OursCompiled, 100, 500) ? 6 : null;

    /// <summary>Of every program, between each number of migrations and the next one.</summary>
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
