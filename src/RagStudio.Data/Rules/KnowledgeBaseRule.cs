using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>
/// Requires every knowledge base that an event refers to by <c>$.kb_id</c> to exist, unless the event is the
/// one that deleted it or an earlier one of the same aggregate. Keeps the ids of the knowledge bases and the
/// deletions in memory.
/// </summary>
/// <param name="provider">Where the databases are stored.</param>
/// <param name="appMeta">The database of the knowledge bases.</param>
/// <param name="events">The database of the events.</param>
/// <param name="deletedTypes">The types of events that delete a knowledge base.</param>
internal sealed class KnowledgeBaseRule(
    StorageProvider provider,
    string appMeta,
    string events,
    IReadOnlyList<string> deletedTypes
)
    : QueryRule(
        "knowledge bases of events",
        new RuleTable(
            provider.RuleTable(events, "events"),
            ["id", "event_data", "event_id", "event_type", "aggregate_id", "aggregate_type", "sequence_number"]
        ),
        new RuleTable(provider.RuleTable(appMeta, "knowledge_bases"), ["id"], appMeta)
    )
{
    private const string Index = "IX_events_kb_id";

    private string Table => Tables[0].Table;

    private string Named => provider.NamedKnowledgeBase;

    /// <summary>
    /// Seeks the next value after each one found, so it reads only as many index entries as there are
    /// distinct values. Numbers, which are not ids, sort before all text.
    /// </summary>
    private string DistinctNamed =>
        $"""
            WITH RECURSIVE named(kb_id) AS (
                SELECT (SELECT {Named} FROM {Table} WHERE {Named} >= '' ORDER BY {Named} LIMIT 1)
                UNION ALL
                SELECT (SELECT {Named} FROM {Table} WHERE {Named} > named.kb_id ORDER BY {Named} LIMIT 1)
                FROM named WHERE named.kb_id IS NOT NULL)
            SELECT kb_id FROM named WHERE kb_id IS NOT NULL
            """;

    private string Events =>
        $"SELECT id, event_data, event_id, aggregate_id, aggregate_type, sequence_number FROM {Table}";

    public override async Task EvaluateAsync(RuleContext context)
    {
        var present = await KeySet.ReadAsync(context, Tables[1]).ConfigureAwait(false);
        if (!context.Table(Table).Indexes.Any(index => index.Name == Index))
        {
            await JudgeAsync(context, present, Events).ConfigureAwait(false);
        }
        else if (await FindMissingAsync(context, present).ConfigureAwait(false) is { Count: > 0 } missing)
        {
            var (isMissing, parameter) = provider.IsNamed(missing);
            await JudgeAsync(context, present, $"{Events} WHERE {isMissing} ORDER BY id", ("@named", parameter))
                .ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<string>> FindMissingAsync(RuleContext context, KeySet present)
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
        var deleted = await DeletedKnowledgeBases.ReadAsync(context, Table, deletedTypes).ConfigureAwait(false);
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

    private void Report(RuleContext context, IDataRow row, string knowledgeBase)
    {
        var id = row.GetString(0);
        context.Report(
            ValidationErrorKind.CrossDatabaseConstraintViolation,
            Table,
            id,
            $"event {row.GetString(2)} (row {id} of '{Table}') names the knowledge base '{knowledgeBase}', which does not exist"
        );
    }
}
