using System.Globalization;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>
/// How often a test tries its luck: RAGSTUDIO_ROUNDS is a number for all tests, or "full" for the numbers of
/// docs/performance.md.
/// </summary>
internal static class Rounds
{
    /// <summary>The rounds that tests try at the same time: they wait for the server and for time limits.</summary>
    private const int AtOnce = 4;

    private static readonly string? Given = Environment.GetEnvironmentVariable("RAGSTUDIO_ROUNDS");

    /// <summary>Whether the figures are taken that docs/performance.md states.</summary>
    public static bool AreFull => Given == "full";

    /// <summary>
    /// The time in which the next start has to resolve what a kill has left. A machine that runs other tests at the same
    /// time gets more.
    /// </summary>
    public static TimeSpan Resolving => TimeSpan.FromSeconds(AreFull ? 5 : 15);

    public static int Of(int few, int full) =>
        Given switch
        {
            null or "" => few,
            "full" => full,
            var rounds => int.Parse(rounds, CultureInfo.InvariantCulture),
        };

    /// <summary>Runs a round as often, some at the same time; the first failure ends them.</summary>
    public static Task EachAsync(int few, int full, Func<Task> round) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, Of(few, full)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (_, _) => await round()
        );
}
