using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests;

public abstract class CreateContractNotes : Migration
{
    public const string Version = ContractVersion.CreateNotes;

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            "notes",
            table => new
            {
                id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                text = table.Column<string>(nullable: false),
                answers = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_notes", row => row.id);
                table.ForeignKey("FK_notes_answers", row => row.answers, "notes", "id");
            }
        );

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("notes");
}

/// <summary>Writes a note; its Down deletes it.</summary>
public abstract class AddNote(string text) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.InsertData("notes", "text", columnType: "TEXT", value: text);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.DeleteData("notes", "text", keyColumnType: "TEXT", keyValue: text);
}

public abstract class AddGreeting() : AddNote("greeting")
{
    public const string Version = ContractVersion.AddGreeting;
}

public abstract class AddFarewell() : AddNote("farewell")
{
    public const string Version = ContractVersion.AddFarewell;
}

public abstract class FailHalfWay() : AddNote("half")
{
    public const string Version = ContractVersion.FailHalfWay;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        base.Up(migrationBuilder);
        migrationBuilder.Sql("DELETE FROM not_there");
    }
}

public abstract class RunForEver() : AddNote("half")
{
    public const string Version = ContractVersion.RunForEver;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        base.Up(migrationBuilder);
        migrationBuilder.Sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) UPDATE notes SET text = (SELECT count(*) FROM n)"
        );
    }
}
