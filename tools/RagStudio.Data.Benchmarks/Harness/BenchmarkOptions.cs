using System.Diagnostics.CodeAnalysis;

namespace RagStudio.Data.Benchmarks;

/// <summary>The options of a command line.</summary>
/// <param name="Quick">True for fewer runs, without scenarios that take minutes.</param>
/// <param name="Names">The scenarios; empty for all.</param>
/// <param name="JsonFile">An additional file for the results.</param>
internal sealed record BenchmarkOptions(bool Quick, IReadOnlyList<string> Names, string? JsonFile)
{
    public const string QuickSwitch = "--quick";

    /// <summary>The number of runs of each side of a scenario.</summary>
    public int Runs => Quick ? 3 : 7;

    public static bool TryParse(
        IReadOnlyList<string> args,
        IEnumerable<string> known,
        [NotNullWhen(true)] out BenchmarkOptions? options,
        out string problem
    )
    {
        options = null;
        var names = new List<string>();
        var (quick, json) = (false, (string?)null);
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == QuickSwitch)
            {
                quick = true;
            }
            else if (args[i] == "--json" && i + 1 < args.Count)
            {
                json = args[++i];
            }
            else if (known.Contains(args[i]))
            {
                names.Add(args[i]);
            }
            else
            {
                problem =
                    $"Unknown: {args[i]}\nUsage: [--quick] [--json FILE] [names…]\nNames: {string.Join(", ", known)}";
                return false;
            }
        }
        (options, problem) = (new BenchmarkOptions(quick, names, json), "");
        return true;
    }
}
