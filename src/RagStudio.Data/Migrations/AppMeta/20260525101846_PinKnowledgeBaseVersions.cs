using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.AppMeta
{
    /// <inheritdoc />
    public partial class PinKnowledgeBaseVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "pinned_version",
                table: "knowledge_bases",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The earlier schema has no column for pins: they are lost.
            migrationBuilder.DropColumn(
                name: "pinned_version",
                table: "knowledge_bases");
        }
    }
}
