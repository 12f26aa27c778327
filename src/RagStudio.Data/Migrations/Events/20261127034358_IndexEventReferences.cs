using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator;

#nullable disable

namespace RagStudio.Data.Migrations.Events
{
    /// <inheritdoc />
    [MigrationKind(MigrationKind.Index)]
    public partial class IndexEventReferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Text that is not JSON must not stop an upgrade: a validation reports it. Events about anything
            // but knowledge bases take no space in the index.
            migrationBuilder.Sql(
                """
                CREATE INDEX IF NOT EXISTS "IX_events_kb_id" ON "events"
                    (CASE WHEN json_valid("event_data") THEN json_extract("event_data", '$.kb_id') END)
                    WHERE CASE WHEN json_valid("event_data") THEN json_extract("event_data", '$.kb_id') END IS NOT NULL
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP INDEX IF EXISTS "IX_events_kb_id";""");
        }
    }
}
