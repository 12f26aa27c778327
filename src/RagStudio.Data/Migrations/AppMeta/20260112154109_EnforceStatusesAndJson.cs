using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.AppMeta
{
    /// <inheritdoc />
    public partial class EnforceStatusesAndJson : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Rebuilds every table that gets a check constraint; NormaliseLegacyText has made all rows satisfy it.
            migrationBuilder.AddCheckConstraint(
                name: "CK_tools_config",
                table: "tools",
                sql: "\"config\" IS NULL OR json_valid(\"config\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_tools_schema",
                table: "tools",
                sql: "\"schema\" IS NULL OR json_valid(\"schema\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_pipelines_config",
                table: "pipelines",
                sql: "\"config\" IS NULL OR json_valid(\"config\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_pipelines_status",
                table: "pipelines",
                sql: "\"status\" IN ('active', 'inactive', 'draft')");

            migrationBuilder.AddCheckConstraint(
                name: "CK_pipeline_runs_artifacts",
                table: "pipeline_runs",
                sql: "\"artifacts\" IS NULL OR json_valid(\"artifacts\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_pipeline_runs_metrics",
                table: "pipeline_runs",
                sql: "\"metrics\" IS NULL OR json_valid(\"metrics\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_pipeline_runs_status",
                table: "pipeline_runs",
                sql: "\"status\" IN ('pending', 'running', 'completed', 'failed', 'cancelled')");

            migrationBuilder.AddCheckConstraint(
                name: "CK_knowledge_bases_metadata",
                table: "knowledge_bases",
                sql: "\"metadata\" IS NULL OR json_valid(\"metadata\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_knowledge_bases_status",
                table: "knowledge_bases",
                sql: "\"status\" IN ('active', 'inactive', 'building', 'error')");

            migrationBuilder.AddCheckConstraint(
                name: "CK_flows_definition",
                table: "flows",
                sql: "\"definition\" IS NULL OR json_valid(\"definition\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_documents_metadata",
                table: "documents",
                sql: "\"metadata\" IS NULL OR json_valid(\"metadata\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_document_chunks_metadata",
                table: "document_chunks",
                sql: "\"metadata\" IS NULL OR json_valid(\"metadata\")");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "CK_tools_config",
                table: "tools");

            migrationBuilder.DropCheckConstraint(
                name: "CK_tools_schema",
                table: "tools");

            migrationBuilder.DropCheckConstraint(
                name: "CK_pipelines_config",
                table: "pipelines");

            migrationBuilder.DropCheckConstraint(
                name: "CK_pipelines_status",
                table: "pipelines");

            migrationBuilder.DropCheckConstraint(
                name: "CK_pipeline_runs_artifacts",
                table: "pipeline_runs");

            migrationBuilder.DropCheckConstraint(
                name: "CK_pipeline_runs_metrics",
                table: "pipeline_runs");

            migrationBuilder.DropCheckConstraint(
                name: "CK_pipeline_runs_status",
                table: "pipeline_runs");

            migrationBuilder.DropCheckConstraint(
                name: "CK_knowledge_bases_metadata",
                table: "knowledge_bases");

            migrationBuilder.DropCheckConstraint(
                name: "CK_knowledge_bases_status",
                table: "knowledge_bases");

            migrationBuilder.DropCheckConstraint(
                name: "CK_flows_definition",
                table: "flows");

            migrationBuilder.DropCheckConstraint(
                name: "CK_documents_metadata",
                table: "documents");

            migrationBuilder.DropCheckConstraint(
                name: "CK_document_chunks_metadata",
                table: "document_chunks");
        }
    }
}
