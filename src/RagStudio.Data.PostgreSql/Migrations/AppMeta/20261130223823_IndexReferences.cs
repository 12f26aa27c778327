using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.PostgreSql.Migrations.AppMeta
{
    /// <inheritdoc />
    public partial class IndexReferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_schedules_pipeline_id",
                schema: "app_meta",
                table: "schedules",
                column: "pipeline_id");

            migrationBuilder.CreateIndex(
                name: "IX_pipeline_runs_kb_id",
                schema: "app_meta",
                table: "pipeline_runs",
                column: "kb_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_schedules_pipeline_id",
                schema: "app_meta",
                table: "schedules");

            migrationBuilder.DropIndex(
                name: "IX_pipeline_runs_kb_id",
                schema: "app_meta",
                table: "pipeline_runs");
        }
    }
}
