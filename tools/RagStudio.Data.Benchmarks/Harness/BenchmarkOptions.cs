using System.Diagnostics.CodeAnalysis;

namespace RagStudio.Data.Benchmarks;

/// <summary>What a command line asks for.</summary>
/// <param name="Quick">Fewer runs, and no scenario that takes minutes.</param>
/// <param name="Names">The scenarios; all where there are none.</param>
/// <param name="JsonFile">Where the results are written too.</param>
internal sealed record BenchmarkOptions(bool Quick, IReadOnlyList<string> Names, string? JsonFile)
{
    public const string QuickSwitch = "--quick";

    /// <summary>How often each side of a scenario runs.</summary>
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
