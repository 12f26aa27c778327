using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// The parts of all target models, each written once and called by every model that contains it. EF writes
/// them out: for 500 migrations that is so much code that the C# compiler takes 9 GB and ten minutes. This
/// gives EF less code to compile, which makes EF faster.
/// </summary>
internal sealed class SharedModelParts
{
    private readonly Dictionary<string, string> _methods = [];

    /// <summary>The statements that build a model.</summary>
    public string Of(IReadOnlyList<GeneratedTable> tables) =>
        string.Join('\n', ModelSource.Parts(tables, withClasses: false).Select(Call));

    /// <summary>The class that contains the parts.</summary>
    public string ToSource() =>
        $$"""
            internal static class TargetModels
            {
                {{string.Join("\n", _methods.Select(Method))}}
            }
            """;

    private string Call(string part)
    {
        if (!_methods.TryGetValue(part, out var method))
        {
            _methods[part] = method = string.Create(CultureInfo.InvariantCulture, $"Part{_methods.Count}");
        }
        return $"TargetModels.{method}(modelBuilder);";
    }

    private static string Method(KeyValuePair<string, string> part) =>
        $"public static void {part.Value}(ModelBuilder modelBuilder) {{ {part.Key} }}";
}
