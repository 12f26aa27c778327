namespace RagStudio.Data.Benchmarks;

/// <summary>All scenarios with whole processes; a new one is a class and a line here.</summary>
internal static class ColdScenarios
{
    public static IReadOnlyList<ColdScenario> All { get; } =
    [
        new StartWithNothingPending(isPublished: false),
        new StartWithNothingPending(isPublished: true),
        new ApplyMigrations(10, isPublished: false),
        new ApplyMigrations(100, isPublished: false),
        new ApplyMigrations(500, isPublished: false),
        new ApplyMigrations(100, isPublished: true),
        new UpgradeMigrations(80, 20),
        new UpgradeMigrations(325, 70),
        new BuildMigrations(400, kept: 10),
        new StartOnServer(),
        new ApplyMigrationsOnServer(100),
        new LargeDatabase<LargeWithColumn>("large-column", 2_000, WithColumn),
        new LargeDatabase<LargeWithColumn>("large-column-8g", 8_000, WithColumn),
        new LargeDatabase<LargeWithUpdate>(
            "large-update",
            2_000,
            [new(Programs.Ours, Programs.EF, 1.2) { And = Programs.CopyAndFlush }]
        ),
        new LargeDatabase<LargeWithRebuild>(
            "large-rebuild",
            2_000,
            [new(Programs.Ours, Programs.EF, 1.3) { And = Programs.CopyAndFlush }]
        ),
    ];

    private static IReadOnlyList<ColdTarget> WithColumn =>
        [new(Programs.Ours, Programs.CopyAndFlush, 1.5), new(Programs.OursRollback, Programs.Ours, 1.5)];

    public static IEnumerable<ColdScenario> Chosen(BenchmarkOptions options) =>
        options.Names.Count > 0
            ? All.Where(scenario => options.Names.Contains(scenario.Name))
            : All.Where(scenario => !options.Quick || !scenario.IsLong);
}
