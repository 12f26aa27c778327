using Microsoft.EntityFrameworkCore.Migrations;

namespace Notes.Migrations;

internal sealed partial class TagNotes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(name: "Tag", table: "Notes", type: "text", nullable: true);

        migrationBuilder
            .CreateIndex(name: "IX_Notes_Tag", table: "Notes", column: "Tag")
            .Annotation("Npgsql:CreatedConcurrently", true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(name: "IX_Notes_Tag", table: "Notes");

        migrationBuilder.DropColumn(name: "Tag", table: "Notes");
    }
}
