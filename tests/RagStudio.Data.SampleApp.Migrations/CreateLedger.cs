using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.SampleApp.Migrations;

[DbContext(typeof(LedgerContext)), Migration("20250101000000_Create the ledger")]
internal sealed class CreateLedger : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("entries", table => new { amount = table.Column<long>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("entries");
}
