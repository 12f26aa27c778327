using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.AppMeta
{
    /// <inheritdoc />
    public partial class IndexLookups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_schedules_next_run",
                table: "schedules",
                column: "next_run");

            migrationBuilder.CreateIndex(
                name: "IX_pipeline_runs_started_at",
                table: "pipeline_runs",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_pipeline_runs_status",
                table: "pipeline_runs",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_knowledge_bases_status",
                table: "knowledge_bases",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_documents_content_hash",
                table: "documents",
                column: "content_hash");

            migrationBuilder.CreateIndex(
                name: "IX_document_chunks_content_hash",
                table: "document_chunks",
                column: "content_hash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_schedules_next_run",
                table: "schedules");

            migrationBuilder.DropIndex(
                name: "IX_pipeline_runs_started_at",
                table: "pipeline_runs");

            migrationBuilder.DropIndex(
                name: "IX_pipeline_runs_status",
                table: "pipeline_runs");

            migrationBuilder.DropIndex(
                name: "IX_knowledge_bases_status",
                table: "knowledge_bases");

            migrationBuilder.DropIndex(
                name: "IX_documents_content_hash",
                table: "documents");

            migrationBuilder.DropIndex(
                name: "IX_document_chunks_content_hash",
                table: "document_chunks");
        }
    }
}
