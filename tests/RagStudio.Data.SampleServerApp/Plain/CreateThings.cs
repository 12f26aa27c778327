using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.SampleServerApp.Plain;

/// <summary>Written by hand.</summary>
[DbContext(typeof(PlainContext))]
[Migration("20260101000000_CreateThings")]
public sealed class CreateThings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("things", table => new { id = table.Column<int>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("things");
}
