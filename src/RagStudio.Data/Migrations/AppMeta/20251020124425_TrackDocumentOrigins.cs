using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.AppMeta
{
    /// <inheritdoc />
    public partial class TrackDocumentOrigins : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "health_score",
                table: "knowledge_bases",
                type: "REAL",
                nullable: false,
                defaultValue: 1.0);

            migrationBuilder.AddColumn<string>(
                name: "license_info",
                table: "documents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "size_bytes",
                table: "documents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The earlier schema has no columns for scores, licenses and sizes: they are lost.
            migrationBuilder.DropColumn(
                name: "health_score",
                table: "knowledge_bases");

            migrationBuilder.DropColumn(
                name: "license_info",
                table: "documents");

            migrationBuilder.DropColumn(
                name: "size_bytes",
                table: "documents");
        }
    }
}
