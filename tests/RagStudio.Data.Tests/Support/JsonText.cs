using System.Text.Json.Nodes;

namespace RagStudio.Data.Tests;

internal static class JsonText
{
    /// <summary>JSON without whitespace: PostgreSQL's <c>jsonb</c> has its own.</summary>
    public static string? Compact(string? json) => json is null ? null : JsonNode.Parse(json)!.ToJsonString();
}
