namespace RagStudio.Data.Benchmarks;

/// <summary>The measurements of a scenario.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Description">What it works on.</param>
/// <param name="Migrations">The number of migrations applied, if any.</param>
/// <param name="Programs">The programs in the order of their turns.</param>
/// <param name="Ratios">The target ratios.</param>
internal sealed record ColdResult(
    string Name,
    string Description,
    int? Migrations,
    IReadOnlyList<ColdProgram> Programs,
    IReadOnlyList<ColdRatio> Ratios
)
{
    public static ColdResult Of(ColdScenario scenario, IReadOnlyList<ColdProgram> programs)
    {
        var byName = programs.ToDictionary(program => program.Name);
        return new(
            scenario.Name,
            scenario.Description,
            scenario.Migrations,
            programs,
            [.. scenario.Targets.Select(target => ColdRatio.Of(target, byName)).OfType<ColdRatio>()]
        );
    }
}
