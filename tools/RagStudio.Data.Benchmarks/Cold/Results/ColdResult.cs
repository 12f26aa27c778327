namespace RagStudio.Data.Benchmarks;

/// <summary>What was measured in one scenario.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Description">What it works on.</param>
/// <param name="Migrations">How many migrations were applied, if any.</param>
/// <param name="Programs">The programs in the order of their turns.</param>
/// <param name="Ratios">The ratios wanted.</param>
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
        var times = programs.ToDictionary(program => program.Name, program => program.LessEmpty);
        return new(
            scenario.Name,
            scenario.Description,
            scenario.Migrations,
            programs,
            [
                .. scenario
                    .Targets.Where(target => times.ContainsKey(target.Ours) && times.ContainsKey(target.Peer))
                    .Select(target => new ColdRatio(
                        target.Ours,
                        target.Peer,
                        times[target.Ours] / times[target.Peer],
                        target.Most
                    )),
            ]
        );
    }
}
