using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.Events
{
    /// <inheritdoc />
    public partial class CreateSnapshots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "aggregate_snapshots",
                columns: table => new
                {
                    aggregate_id = table.Column<string>(type: "TEXT", nullable: false),
                    aggregate_type = table.Column<string>(type: "TEXT", nullable: false),
                    sequence_number = table.Column<long>(type: "INTEGER", nullable: false),
                    snapshot_data = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_aggregate_snapshots", x => new { x.aggregate_id, x.aggregate_type });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "aggregate_snapshots");
        }
    }
}
