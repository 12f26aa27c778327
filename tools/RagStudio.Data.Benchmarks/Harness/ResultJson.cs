using System.Text.Json;

namespace RagStudio.Data.Benchmarks;

/// <summary>Formats results as a JSON document.</summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task WriteAsync(
        IReadOnlyList<ScenarioResult> results,
        IReadOnlyList<ColdResult> cold,
        BenchmarkOptions options
    )
    {
        var document = new
        {
            at = DateTimeOffset.UtcNow,
            quick = options.Quick,
            runs = options.Runs,
            processors = Environment.ProcessorCount,
            scenarios = results,
            processes = cold,
            growth = ColdGrowth.Of(cold),
        };
        await using var file = File.Create(options.JsonFile!);
        await JsonSerializer.SerializeAsync(file, document, Options);
    }
}
