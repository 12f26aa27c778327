using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// The pieces of all target models, each written once and called by every model that has it. EF writes them out: for 500 migrations that is so much that the C# compiler
/// takes 9 GB and ten minutes. EF has less code to compile so, and is the faster by it.
/// </summary>
internal sealed class SharedModelParts
{
    private readonly Dictionary<string, string> _methods = [];

    /// <summary>The statements that build a model.</summary>
    public string Of(IReadOnlyList<GeneratedTable> tables) =>
        string.Join('\n', ModelSource.Parts(tables, withClasses: false).Select(Call));

    /// <summary>The class that has the pieces.</summary>
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
