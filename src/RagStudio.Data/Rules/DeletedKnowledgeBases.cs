using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>The knowledge bases that each aggregate has deleted, and the position of each deletion.</summary>
internal sealed class DeletedKnowledgeBases
{
    private readonly Dictionary<(string Type, string Id, string KnowledgeBase), long> _last = [];
    private readonly KnowledgeBaseIdReader _reader = new();

    private DeletedKnowledgeBases() { }

    public static async Task<DeletedKnowledgeBases> ReadAsync(
        RuleContext context,
        string table,
        IReadOnlyList<string> types
    )
    {
        var deleted = new DeletedKnowledgeBases();
        if (types.Count > 0)
        {
            var parameters = types.Select((type, i) => ($"@type{i}", (object)type)).ToArray();
            await context
                .QueryAsync(
                    $"""
                    SELECT aggregate_type, aggregate_id, sequence_number, event_data FROM {context.QuoteTable(table)}
                    WHERE event_type IN ({string.Join(", ", parameters.Select(type => type.Item1))})
                    """,
                    deleted.Add,
                    parameters
                )
                .ConfigureAwait(false);
        }
        return deleted;
    }

    /// <summary>True if an event may refer to a knowledge base that does not exist.</summary>
    public bool Allow(
        string aggregateType,
        string aggregateId,
        long sequenceNumber,
        ReadOnlySpan<byte> knowledgeBase
    ) =>
        _last.Count > 0
        && _last.TryGetValue((aggregateType, aggregateId, KnowledgeBaseIdReader.Text(knowledgeBase)), out var last)
        && sequenceNumber <= last;

    private void Add(IDataRow row)
    {
        var id = row.GetString(1);
        var named = _reader.TryRead(row.GetUtf8(3), out var knowledgeBase)
            ? KnowledgeBaseIdReader.Text(knowledgeBase)
            : id;
        var key = (row.GetString(0), id, named);
        _last[key] = Math.Max(_last.GetValueOrDefault(key), row.GetInt64(2));
    }
}
