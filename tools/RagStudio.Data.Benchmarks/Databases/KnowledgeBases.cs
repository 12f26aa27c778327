using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>The knowledge bases of every database.</summary>
internal static class KnowledgeBases
{
    public const int Count = 1000;

    public static string Id(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"0198c0de-0000-7000-8000-{number % Count:000000000000}");

    public static void Write(BenchmarkData data)
    {
        using var connection = data.OpenAppMeta();
        using var rows = new BulkInsert(
            connection,
            "knowledge_bases",
            "id",
            "name",
            "status",
            "embedder_model",
            "metadata",
            "created_at",
            "updated_at"
        );
        for (var i = 0; i < Count; i++)
        {
            rows.Add(Id(i), $"kb {i}", "active", "all-MiniLM-L6-v2", "{}", Timestamp.Text, Timestamp.Text);
        }
    }
}
