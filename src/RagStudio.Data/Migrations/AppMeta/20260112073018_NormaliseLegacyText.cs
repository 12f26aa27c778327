using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.AppMeta
{
    /// <inheritdoc />
    public partial class NormaliseLegacyText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            NormaliseStatuses(migrationBuilder);

            migrationBuilder.NormaliseTimes("settings", "created_at", "updated_at");
            migrationBuilder.NormaliseTimes("knowledge_bases", "created_at", "updated_at");
            migrationBuilder.NormaliseTimes("documents", "created_at", "updated_at");
            migrationBuilder.NormaliseTimes("document_chunks", "created_at");
            migrationBuilder.NormaliseTimes("pipelines", "created_at", "updated_at");
            migrationBuilder.NormaliseTimes("pipeline_runs", "started_at", "completed_at");
            migrationBuilder.NormaliseTimes("tools", "created_at", "updated_at");
            migrationBuilder.NormaliseTimes("schedules", "last_run", "next_run", "created_at", "updated_at");
            migrationBuilder.NormaliseTimes("flows", "created_at", "updated_at");

            migrationBuilder.LowerHex("documents", "content_hash");
            migrationBuilder.LowerHex("document_chunks", "content_hash");

            migrationBuilder.WrapInvalidJson("knowledge_bases", "metadata");
            migrationBuilder.WrapInvalidJson("documents", "metadata");
            migrationBuilder.WrapInvalidJson("document_chunks", "metadata");
            migrationBuilder.WrapInvalidJson("pipelines", "config");
            migrationBuilder.WrapInvalidJson("pipeline_runs", "metrics", "artifacts");
            migrationBuilder.WrapInvalidJson("tools", "config", "schema");
            migrationBuilder.WrapInvalidJson("flows", "definition");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Statuses that no release used remain as Up left them.
            RestoreStatuses(migrationBuilder);

            migrationBuilder.RestoreTimes("settings", "created_at", "updated_at");
            migrationBuilder.RestoreTimes("knowledge_bases", "created_at", "updated_at");
            migrationBuilder.RestoreTimes("documents", "created_at", "updated_at");
            migrationBuilder.RestoreTimes("document_chunks", "created_at");
            migrationBuilder.RestoreTimes("pipelines", "created_at", "updated_at");
            migrationBuilder.RestoreTimes("pipeline_runs", "started_at", "completed_at");
            migrationBuilder.RestoreTimes("tools", "created_at", "updated_at");
            migrationBuilder.RestoreTimes("schedules", "last_run", "next_run", "created_at", "updated_at");
            migrationBuilder.RestoreTimes("flows", "created_at", "updated_at");

            migrationBuilder.UpperHex("documents", "content_hash");
            migrationBuilder.UpperHex("document_chunks", "content_hash");

            migrationBuilder.UnwrapInvalidJson("knowledge_bases", "metadata");
            migrationBuilder.UnwrapInvalidJson("documents", "metadata");
            migrationBuilder.UnwrapInvalidJson("document_chunks", "metadata");
            migrationBuilder.UnwrapInvalidJson("pipelines", "config");
            migrationBuilder.UnwrapInvalidJson("pipeline_runs", "metrics", "artifacts");
            migrationBuilder.UnwrapInvalidJson("tools", "config", "schema");
            migrationBuilder.UnwrapInvalidJson("flows", "definition");
        }

        // The first releases stored the names of their enum's members unchanged; a status that none of them
        // wrote becomes the one that asks for attention.
        private static void NormaliseStatuses(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""UPDATE "knowledge_bases" SET "status" = lower(trim("status"));""");
            migrationBuilder.Sql(
                """
                UPDATE "knowledge_bases" SET "status" = 'error'
                WHERE "status" NOT IN ('active', 'inactive', 'building', 'error');
                """
            );
            migrationBuilder.Sql("""UPDATE "pipelines" SET "status" = lower(trim("status"));""");
            migrationBuilder.Sql(
                """
                UPDATE "pipelines" SET "status" = 'draft' WHERE "status" NOT IN ('active', 'inactive', 'draft');
                """
            );
            migrationBuilder.Sql("""UPDATE "pipeline_runs" SET "status" = lower(trim("status"));""");
            migrationBuilder.Sql(
                """
                UPDATE "pipeline_runs" SET "status" = 'failed'
                WHERE "status" NOT IN ('pending', 'running', 'completed', 'failed', 'cancelled');
                """
            );
        }

        private static void RestoreStatuses(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "knowledge_bases", "pipelines", "pipeline_runs" })
            {
                migrationBuilder.Sql(
                    $"""UPDATE "{table}" SET "status" = upper(substr("status", 1, 1)) || substr("status", 2);"""
                );
            }
        }
    }
}
