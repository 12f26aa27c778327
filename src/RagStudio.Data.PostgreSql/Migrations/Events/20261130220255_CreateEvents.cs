using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace RagStudio.Data.PostgreSql.Migrations.Events
{
    /// <inheritdoc />
    public partial class CreateEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "events");

            migrationBuilder.CreateTable(
                name: "aggregate_snapshots",
                schema: "events",
                columns: table => new
                {
                    aggregate_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    aggregate_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sequence_number = table.Column<long>(type: "bigint", nullable: false),
                    snapshot_data = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_aggregate_snapshots", x => new { x.aggregate_id, x.aggregate_type });
                });

            migrationBuilder.CreateTable(
                name: "event_checkpoints",
                schema: "events",
                columns: table => new
                {
                    processor_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    last_processed_sequence = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    updated_at = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_event_checkpoints", x => x.processor_name);
                });

            migrationBuilder.CreateTable(
                name: "events",
                schema: "events",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    event_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    aggregate_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    aggregate_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sequence_number = table.Column<long>(type: "bigint", nullable: false),
                    event_data = table.Column<string>(type: "json", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    timestamp = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    checksum = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_events_aggregate_id_aggregate_type_sequence_number",
                schema: "events",
                table: "events",
                columns: new[] { "aggregate_id", "aggregate_type", "sequence_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_events_event_id",
                schema: "events",
                table: "events",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_events_event_type",
                schema: "events",
                table: "events",
                column: "event_type");

            migrationBuilder.CreateIndex(
                name: "IX_events_timestamp",
                schema: "events",
                table: "events",
                column: "timestamp");

            migrationBuilder.CreateIndex(
                name: "IX_events_trace_id",
                schema: "events",
                table: "events",
                column: "trace_id");

            IndexKnowledgeBases(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "aggregate_snapshots",
                schema: "events");

            migrationBuilder.DropTable(
                name: "event_checkpoints",
                schema: "events");

            migrationBuilder.DropTable(
                name: "events",
                schema: "events");

            migrationBuilder.Sql("""DROP FUNCTION "events"."named_knowledge_base" (json);""");
        }

        // What $.kb_id of an event's data names, as far as a validation needs it: NULL for nothing, the empty text for
        // what only the program can tell. PostgreSQL's functions cannot read data with \u0000 or half a surrogate
        // pair, and an index accepts no text of more than about 2700 bytes. Of several members of that name, the first
        // counts.
        private static void IndexKnowledgeBases(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE FUNCTION "events"."named_knowledge_base" ("data" json) RETURNS text
                    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                    RETURN CASE
                        WHEN pg_catalog.json_typeof("data") <> 'object' THEN NULL
                        WHEN pg_catalog.strpos("data"::text, '\u0000') > 0 OR "data"::text ~* '\\ud[89ab]' THEN ''
                        ELSE (
                            SELECT CASE
                                WHEN pg_catalog.json_typeof(member."value") <> 'string' THEN NULL
                                WHEN pg_catalog.octet_length(member."value"::text) > 1000 THEN ''
                                ELSE member."value" #>> '{}'
                            END
                            FROM pg_catalog.json_each("data") WITH ORDINALITY AS member ("key", "value", "place")
                            WHERE member."key" = 'kb_id'
                            ORDER BY member."place"
                            LIMIT 1
                        )
                    END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE INDEX "IX_events_kb_id" ON "events"."events"
                    (("events"."named_knowledge_base" ("event_data")) COLLATE "C")
                    WHERE "events"."named_knowledge_base" ("event_data") IS NOT NULL;
                """
            );
        }
    }
}
