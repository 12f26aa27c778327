using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>
/// Every knowledge base that an event names as <c>$.kb_id</c> is there, or the event is the one that deleted it or an earlier one of the same
/// aggregate. Keeps in memory the ids of the knowledge bases, and what was deleted.
/// </summary>
/// <param name="appMeta">The database of the knowledge bases.</param>
/// <param name="deletedTypes">The types of the events that delete one.</param>
internal sealed class KnowledgeBaseRule(string appMeta, IReadOnlyList<string> deletedTypes)
    : RowRule(
        "knowledge bases of events",
        new RuleTable(
            "events",
            ["event_data", "event_id", "event_type", "aggregate_id", "aggregate_type", "sequence_number"]
        ),
        new RuleTable("knowledge_bases", ["id"], appMeta)
    )
{
    private const int EventId = 1;
    private const int AggregateId = 3;
    private const int AggregateType = 4;
    private const int SequenceNumber = 5;
    private const int Key = 6;

    public override async Task<Action<IDataRow>> BeginAsync(RuleContext context)
    {
        var present = await KeySet.ReadAsync(context, Tables[1]).ConfigureAwait(false);
        var deleted = await DeletedKnowledgeBases.ReadAsync(context, deletedTypes).ConfigureAwait(false);
        var reader = new KnowledgeBaseIdReader();
        return row =>
        {
            var data = row.GetUtf8(0);
            if (
                reader.TryRead(data, out var id)
                && !present.Contains(id)
                && KnowledgeBaseIdReader.IsJson(data)
                && !deleted.Allow(
                    row.GetString(AggregateType),
                    row.GetString(AggregateId),
                    row.GetInt64(SequenceNumber),
                    id
                )
            )
            {
                Report(context, row, KnowledgeBaseIdReader.Text(id));
            }
        };
    }

    private static void Report(RuleContext context, IDataRow row, string knowledgeBase)
    {
        var id = row.GetString(Key);
        context.Report(
            ValidationErrorKind.CrossDatabaseConstraintViolation,
            "events",
            id,
            $"event {row.GetString(EventId)} (row {id} of 'events') names the knowledge base '{knowledgeBase}', which is not there"
        );
    }
}
