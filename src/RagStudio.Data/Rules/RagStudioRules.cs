using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>The conditions that the rows of RAG Studio's databases must satisfy beyond their constraints.</summary>
internal static class RagStudioRules
{
    private const string AppMeta = "app_meta";
    private const string Events = "events";

    /// <summary>Adds the rules, each created on demand: a start with nothing pending needs none.</summary>
    /// <param name="migrator">The migrator.</param>
    /// <param name="options">Returns the options; called when the rules are needed.</param>
    public static MigratorBuilder AddRagStudioRules(
        this MigratorBuilder migrator,
        Func<IServiceProvider, RagStudioDataOptions> options
    )
    {
        return migrator
            .AddRule(services => Json(services, AppMeta, "knowledge_bases", "metadata"), AppMeta)
            .AddRule(services => Json(services, AppMeta, "documents", "metadata"), AppMeta)
            .AddRule(services => Json(services, AppMeta, "document_chunks", "metadata"), AppMeta)
            .AddRule(services => Json(services, AppMeta, "pipelines", "config"), AppMeta)
            .AddRule(services => Json(services, AppMeta, "pipeline_runs", "metrics", "artifacts"), AppMeta)
            .AddRule(services => Json(services, AppMeta, "tools", "config", "schema"), AppMeta)
            .AddRule(services => Json(services, AppMeta, "flows", "definition"), AppMeta)
            .AddRule(services => Provider(services).SearchIndexRule(), AppMeta)
            .AddRule(services => Json(services, Events, "events", "event_data", "metadata"), Events)
            .AddRule(services => Json(services, Events, "aggregate_snapshots", "snapshot_data"), Events)
            .AddRule(services => Sequences(Provider(services)), Events)
            .AddRule(services => Snapshots(Provider(services)), Events)
            .AddRule(services => new EventChecksumRule(Provider(services).RuleTable(Events, "events")), Events)
            .AddRule(services => KnowledgeBases(options(services)), Events);

        StorageProvider Provider(IServiceProvider services) => StorageProvider.For(options(services).Provider);

        ValidationRule Json(
            IServiceProvider services,
            string database,
            string table,
            params IReadOnlyList<string> columns
        ) => Provider(services).JsonRule(Provider(services).RuleTable(database, table), columns);
    }

    private static SequenceRule Sequences(StorageProvider provider) =>
        new(provider.RuleTable(Events, "events"), "sequence_number", "aggregate_id", "aggregate_type");

    /// <summary>
    /// Requires a snapshot to be of a version that the stream has reached: <see cref="SnapshotStore"/> writes
    /// no other.
    /// </summary>
    private static SqlRule Snapshots(StorageProvider provider)
    {
        var (snapshots, events) = (
            provider.RuleTable(Events, "aggregate_snapshots"),
            provider.RuleTable(Events, "events")
        );
        return new(
            "snapshots of events",
            [
                new RuleTable(snapshots, ["aggregate_id", "aggregate_type", "sequence_number"]),
                new RuleTable(events, ["aggregate_id", "aggregate_type", "sequence_number"]),
            ],
            $"""
            SELECT aggregate_id || '/' || aggregate_type,
                'the snapshot of ' || aggregate_type || '/' || aggregate_id || ' is of sequence_number ' || sequence_number
                    || ', which no event of it has reached'
            FROM {snapshots} AS snapshots
            WHERE NOT EXISTS (
                SELECT 1 FROM {events} AS events
                WHERE events.aggregate_id = snapshots.aggregate_id AND events.aggregate_type = snapshots.aggregate_type
                    AND events.sequence_number >= snapshots.sequence_number)
            """,
            ValidationErrorKind.OrphanedRecord
        );
    }

    private static KnowledgeBaseRule KnowledgeBases(RagStudioDataOptions options) =>
        new(StorageProvider.For(options.Provider), AppMeta, Events, [.. options.KnowledgeBaseDeletedTypes]);
}
