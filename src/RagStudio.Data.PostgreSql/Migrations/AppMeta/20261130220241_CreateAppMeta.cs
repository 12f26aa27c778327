using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace RagStudio.Data.PostgreSql.Migrations.AppMeta
{
    /// <inheritdoc />
    public partial class CreateAppMeta : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "app_meta");

            migrationBuilder.CreateTable(
                name: "flows",
                schema: "app_meta",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true),
                    definition = table.Column<string>(type: "jsonb", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_flows", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "knowledge_bases",
                schema: "app_meta",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    embedder_model = table.Column<string>(type: "text", nullable: false),
                    chunk_size = table.Column<int>(type: "integer", nullable: false, defaultValue: 512),
                    chunk_overlap = table.Column<int>(type: "integer", nullable: false, defaultValue: 50),
                    description = table.Column<string>(type: "text", nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: true),
                    health_score = table.Column<double>(type: "double precision", nullable: false, defaultValue: 1.0),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    pinned_version = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_knowledge_bases", x => x.id);
                    table.CheckConstraint("CK_knowledge_bases_status", "\"status\" IN ('active', 'inactive', 'building', 'error')");
                });

            migrationBuilder.CreateTable(
                name: "pipelines",
                schema: "app_meta",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true),
                    config = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pipelines", x => x.id);
                    table.CheckConstraint("CK_pipelines_status", "\"status\" IN ('active', 'inactive', 'draft')");
                });

            migrationBuilder.CreateTable(
                name: "settings",
                schema: "app_meta",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: false),
                    schema_version = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tools",
                schema: "app_meta",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false),
                    config = table.Column<string>(type: "jsonb", nullable: false),
                    schema = table.Column<string>(type: "jsonb", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tools", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "documents",
                schema: "app_meta",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kb_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: false),
                    source_path = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    license_info = table.Column<string>(type: "text", nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: true),
                    chunk_count = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    size_bytes = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_documents", x => x.id);
                    table.ForeignKey(
                        name: "FK_documents_knowledge_bases_kb_id",
                        column: x => x.kb_id,
                        principalSchema: "app_meta",
                        principalTable: "knowledge_bases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pipeline_runs",
                schema: "app_meta",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    pipeline_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kb_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error_message = table.Column<string>(type: "text", nullable: true),
                    metrics = table.Column<string>(type: "jsonb", nullable: true),
                    artifacts = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pipeline_runs", x => x.id);
                    table.CheckConstraint("CK_pipeline_runs_status", "\"status\" IN ('pending', 'running', 'completed', 'failed', 'cancelled')");
                    table.ForeignKey(
                        name: "FK_pipeline_runs_knowledge_bases_kb_id",
                        column: x => x.kb_id,
                        principalSchema: "app_meta",
                        principalTable: "knowledge_bases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_pipeline_runs_pipelines_pipeline_id",
                        column: x => x.pipeline_id,
                        principalSchema: "app_meta",
                        principalTable: "pipelines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "schedules",
                schema: "app_meta",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    cron_expression = table.Column<string>(type: "text", nullable: false),
                    pipeline_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    enabled = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    last_run = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_run = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedules", x => x.id);
                    table.ForeignKey(
                        name: "FK_schedules_pipelines_pipeline_id",
                        column: x => x.pipeline_id,
                        principalSchema: "app_meta",
                        principalTable: "pipelines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "document_chunks",
                schema: "app_meta",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    document_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kb_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    chunk_index = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    token_count = table.Column<int>(type: "integer", nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_document_chunks", x => x.id);
                    table.ForeignKey(
                        name: "FK_document_chunks_documents_document_id",
                        column: x => x.document_id,
                        principalSchema: "app_meta",
                        principalTable: "documents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_document_chunks_knowledge_bases_kb_id",
                        column: x => x.kb_id,
                        principalSchema: "app_meta",
                        principalTable: "knowledge_bases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_document_chunks_content_hash",
                schema: "app_meta",
                table: "document_chunks",
                column: "content_hash");

            migrationBuilder.CreateIndex(
                name: "IX_document_chunks_document_id_chunk_index",
                schema: "app_meta",
                table: "document_chunks",
                columns: new[] { "document_id", "chunk_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_document_chunks_kb_id",
                schema: "app_meta",
                table: "document_chunks",
                column: "kb_id");

            migrationBuilder.CreateIndex(
                name: "IX_documents_content_hash",
                schema: "app_meta",
                table: "documents",
                column: "content_hash");

            migrationBuilder.CreateIndex(
                name: "IX_documents_kb_id",
                schema: "app_meta",
                table: "documents",
                column: "kb_id");

            migrationBuilder.CreateIndex(
                name: "IX_flows_name",
                schema: "app_meta",
                table: "flows",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_knowledge_bases_name_version",
                schema: "app_meta",
                table: "knowledge_bases",
                columns: new[] { "name", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_knowledge_bases_status",
                schema: "app_meta",
                table: "knowledge_bases",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_pipeline_runs_pipeline_id",
                schema: "app_meta",
                table: "pipeline_runs",
                column: "pipeline_id");

            migrationBuilder.CreateIndex(
                name: "IX_pipeline_runs_started_at",
                schema: "app_meta",
                table: "pipeline_runs",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_pipeline_runs_status",
                schema: "app_meta",
                table: "pipeline_runs",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_pipelines_name",
                schema: "app_meta",
                table: "pipelines",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_schedules_name",
                schema: "app_meta",
                table: "schedules",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_schedules_next_run",
                schema: "app_meta",
                table: "schedules",
                column: "next_run");

            migrationBuilder.CreateIndex(
                name: "IX_settings_key",
                schema: "app_meta",
                table: "settings",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_tools_name",
                schema: "app_meta",
                table: "tools",
                column: "name",
                unique: true);

            // The settings of a new database, with the times of SQLite's.
            migrationBuilder.Sql(
                """
                INSERT INTO "app_meta"."settings" ("key", "value", "schema_version", "created_at", "updated_at")
                SELECT seed."key", seed."value", 1, '2025-08-18T00:00:00Z', '2025-08-18T00:00:00Z'
                FROM (
                    VALUES
                        ('retrieval.top_k', '8'),
                        ('ingest.parallelism', '2'),
                        ('runs.retention_days', '90'),
                        ('events.snapshot_interval', '100')
                ) AS seed ("key", "value");
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "document_chunks",
                schema: "app_meta");

            migrationBuilder.DropTable(
                name: "flows",
                schema: "app_meta");

            migrationBuilder.DropTable(
                name: "pipeline_runs",
                schema: "app_meta");

            migrationBuilder.DropTable(
                name: "schedules",
                schema: "app_meta");

            migrationBuilder.DropTable(
                name: "settings",
                schema: "app_meta");

            migrationBuilder.DropTable(
                name: "tools",
                schema: "app_meta");

            migrationBuilder.DropTable(
                name: "documents",
                schema: "app_meta");

            migrationBuilder.DropTable(
                name: "pipelines",
                schema: "app_meta");

            migrationBuilder.DropTable(
                name: "knowledge_bases",
                schema: "app_meta");
        }
    }
}
