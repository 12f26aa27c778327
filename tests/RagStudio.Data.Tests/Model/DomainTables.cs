namespace RagStudio.Data.Tests;

/// <summary>The domain's description of each table: "?" may be null, "=" has a default.</summary>
internal static class DomainTables
{
    public static IEnumerable<TestCaseData> AppMeta =>
        [
            Table(
                "settings",
                "id INTEGER PK",
                "key TEXT",
                "value TEXT",
                "schema_version INTEGER =1",
                "created_at TEXT",
                "updated_at TEXT",
                "unique (key)"
            ),
            Table(
                "knowledge_bases",
                "id TEXT PK",
                "name TEXT",
                "version INTEGER =1",
                "status TEXT",
                "embedder_model TEXT",
                "chunk_size INTEGER =512",
                "chunk_overlap INTEGER =50",
                "description TEXT?",
                "metadata TEXT?",
                "health_score REAL =1.0",
                "created_at TEXT",
                "updated_at TEXT",
                "pinned_version INTEGER?",
                "index (status)",
                "unique (name, version)"
            ),
            Table(
                "documents",
                "id TEXT PK",
                "kb_id TEXT",
                "title TEXT",
                "source_path TEXT",
                "content_hash TEXT",
                "license_info TEXT?",
                "metadata TEXT?",
                "chunk_count INTEGER =0",
                "size_bytes INTEGER =0",
                "created_at TEXT",
                "updated_at TEXT",
                "index (content_hash)",
                "index (kb_id)",
                "kb_id -> knowledge_bases.id CASCADE"
            ),
            Table(
                "document_chunks",
                "id TEXT PK",
                "document_id TEXT",
                "kb_id TEXT",
                "chunk_index INTEGER",
                "content TEXT",
                "content_hash TEXT",
                "token_count INTEGER?",
                "metadata TEXT?",
                "created_at TEXT",
                "index (content_hash)",
                "index (kb_id)",
                "unique (document_id, chunk_index)",
                "document_id -> documents.id CASCADE",
                "kb_id -> knowledge_bases.id CASCADE"
            ),
            Table(
                "pipelines",
                "id TEXT PK",
                "name TEXT",
                "description TEXT?",
                "config TEXT",
                "status TEXT",
                "created_at TEXT",
                "updated_at TEXT",
                "unique (name)"
            ),
            Table(
                "pipeline_runs",
                "id TEXT PK",
                "pipeline_id TEXT",
                "kb_id TEXT?",
                "status TEXT",
                "started_at TEXT?",
                "completed_at TEXT?",
                "error_message TEXT?",
                "metrics TEXT?",
                "artifacts TEXT?",
                "index (kb_id)",
                "index (pipeline_id)",
                "index (started_at)",
                "index (status)",
                "kb_id -> knowledge_bases.id RESTRICT",
                "pipeline_id -> pipelines.id RESTRICT"
            ),
            Table(
                "tools",
                "id TEXT PK",
                "name TEXT",
                "type TEXT",
                "config TEXT",
                "schema TEXT",
                "enabled BOOLEAN =1",
                "created_at TEXT",
                "updated_at TEXT",
                "unique (name)"
            ),
            Table(
                "schedules",
                "id TEXT PK",
                "name TEXT",
                "cron_expression TEXT",
                "pipeline_id TEXT",
                "enabled BOOLEAN =1",
                "last_run TEXT?",
                "next_run TEXT?",
                "created_at TEXT",
                "updated_at TEXT",
                "index (next_run)",
                "index (pipeline_id)",
                "unique (name)",
                "pipeline_id -> pipelines.id RESTRICT"
            ),
            Table(
                "flows",
                "id TEXT PK",
                "name TEXT",
                "description TEXT?",
                "definition TEXT",
                "enabled BOOLEAN =1",
                "created_at TEXT",
                "updated_at TEXT",
                "unique (name)"
            ),
        ];

    public static IEnumerable<TestCaseData> Events =>
        [
            Table(
                "events",
                "id INTEGER PK",
                "event_id TEXT",
                "event_type TEXT",
                "aggregate_id TEXT",
                "aggregate_type TEXT",
                "sequence_number INTEGER",
                "event_data TEXT",
                "metadata TEXT?",
                "trace_id TEXT?",
                "user_id TEXT?",
                "timestamp TEXT",
                "checksum TEXT",
                // Not part of the domain: it finds the knowledge bases that events refer to.
                "index (<expression>)",
                "index (event_type)",
                "index (timestamp)",
                "index (trace_id)",
                "unique (aggregate_id, aggregate_type, sequence_number)",
                "unique (event_id)"
            ),
            Table(
                "aggregate_snapshots",
                "aggregate_id TEXT PK",
                "aggregate_type TEXT PK",
                "sequence_number INTEGER",
                "snapshot_data TEXT",
                "created_at TEXT"
            ),
            Table(
                "event_checkpoints",
                "processor_name TEXT PK",
                "last_processed_sequence INTEGER =0",
                "updated_at TEXT"
            ),
        ];

    private static TestCaseData Table(string name, params string[] lines) =>
        new TestCaseData(name, lines).SetArgDisplayNames(name);
}
