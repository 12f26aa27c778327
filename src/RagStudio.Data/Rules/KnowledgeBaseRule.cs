using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>
/// Requires every knowledge base that an event refers to by <c>$.kb_id</c> to exist, unless the event is the
/// one that deleted it or an earlier one of the same aggregate. Keeps the ids of the knowledge bases and the
/// deletions in memory.
/// </summary>
/// <param name="appMeta">The database of the knowledge bases.</param>
/// <param name="deletedTypes">The types of events that delete a knowledge base.</param>
internal sealed class KnowledgeBaseRule(string appMeta, IReadOnlyList<string> deletedTypes)
    : QueryRule(
        "knowledge bases of events",
        new RuleTable(
            "events",
            ["id", "event_data", "event_id", "event_type", "aggregate_id", "aggregate_type", "sequence_number"]
        ),
        new RuleTable("knowledge_bases", ["id"], appMeta)
    )
{
    private const string Index = "IX_events_kb_id";

    /// <summary>
    /// The indexed expression, word for word: SQLite uses the index for no other spelling
    /// (https://sqlite.org/expridx.html).
    /// </summary>
    private const string Named =
        """CASE WHEN json_valid("event_data") THEN json_extract("event_data", '$.kb_id') END""";

    /// <summary>
    /// Seeks the next value after each one found, so it reads only as many index entries as there are
    /// distinct values. Numbers, which are not ids, sort before all text.
    /// </summary>
    private const string DistinctNamed = $"""
        WITH RECURSIVE named(kb_id) AS (
            SELECT (SELECT {Named} FROM events WHERE {Named} >= '' ORDER BY {Named} LIMIT 1)
            UNION ALL
            SELECT (SELECT {Named} FROM events WHERE {Named} > named.kb_id ORDER BY {Named} LIMIT 1)
            FROM named WHERE named.kb_id IS NOT NULL)
        SELECT kb_id FROM named WHERE kb_id IS NOT NULL
        """;

    private const string Events =
        "SELECT id, event_data, event_id, aggregate_id, aggregate_type, sequence_number FROM events";

    public override async Task EvaluateAsync(RuleContext context)
    {
        var present = await KeySet.ReadAsync(context, Tables[1]).ConfigureAwait(false);
        if (!context.Table("events").Indexes.Any(index => index.Name == Index))
        {
            await JudgeAsync(context, present, Events).ConfigureAwait(false);
        }
        else if (await FindMissingAsync(context, present).ConfigureAwait(false) is { Count: > 0 } missing)
        {
            await JudgeAsync(
                    context,
                    present,
                    $"{Events} WHERE {Named} IN (SELECT value FROM json_each($missing)) ORDER BY id",
                    ("$missing", TextList.ToJson(missing))
                )
                .ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<string>> FindMissingAsync(RuleContext context, KeySet present)
    {
        var missing = new List<string>();
        await context
            .QueryAsync(
                DistinctNamed,
                row =>
                {
                    if (!present.Contains(row.GetUtf8(0)))
                    {
                        missing.Add(row.GetString(0));
                    }
                }
            )
            .ConfigureAwait(false);
        return missing;
    }

    /// <summary>The index is only a hint: it also contains objects in place of ids.</summary>
    private async Task JudgeAsync(
        RuleContext context,
        KeySet present,
        string events,
        params IReadOnlyList<(string Name, object Value)> parameters
    )
    {
        var deleted = await DeletedKnowledgeBases.ReadAsync(context, deletedTypes).ConfigureAwait(false);
        var reader = new KnowledgeBaseIdReader();
        await context
            .QueryAsync(
                events,
                row =>
                {
                    var data = row.GetUtf8(1);
                    if (
                        reader.TryRead(data, out var id)
                        && !present.Contains(id)
                        && KnowledgeBaseIdReader.IsJson(data)
                        && !deleted.Allow(row.GetString(4), row.GetString(3), row.GetInt64(5), id)
                    )
                    {
                        Report(context, row, KnowledgeBaseIdReader.Text(id));
                    }
                },
                parameters
            )
            .ConfigureAwait(false);
    }

    private static void Report(RuleContext context, IDataRow row, string knowledgeBase)
    {
        var id = row.GetString(0);
        context.Report(
            ValidationErrorKind.CrossDatabaseConstraintViolation,
            "events",
            id,
            $"event {row.GetString(2)} (row {id} of 'events') names the knowledge base '{knowledgeBase}', which does not exist"
        );
    }
}
