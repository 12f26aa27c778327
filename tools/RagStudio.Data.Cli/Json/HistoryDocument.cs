using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>history</c>.</summary>
/// <param name="History">The newest first.</param>
internal sealed record HistoryDocument(IReadOnlyList<RevertibleRecordDocument> History)
{
    /// <summary>What EF applied before the migrator came, the newest first; left out where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("appliedByEF")]
    public IReadOnlyList<EFAppliedMigration>? AppliedByEF { get; init; }
}
