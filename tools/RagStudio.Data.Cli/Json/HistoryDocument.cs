using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>history</c>.</summary>
/// <param name="History">The lines, newest first.</param>
internal sealed record HistoryDocument(IReadOnlyList<RevertibleRecordDocument> History)
{
    /// <summary>
    /// The migrations that EF applied before the migrator was introduced, newest first; omitted if there are
    /// none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("appliedByEF")]
    public IReadOnlyList<EFAppliedMigration>? AppliedByEF { get; init; }
}
