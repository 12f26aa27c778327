using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.Events
{
    /// <inheritdoc />
    public partial class EnforceJson : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Rebuilds both tables; NormaliseEvents has made all rows satisfy the constraints.
            migrationBuilder.AddCheckConstraint(
                name: "CK_events_event_data",
                table: "events",
                sql: "\"event_data\" IS NULL OR json_valid(\"event_data\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_events_metadata",
                table: "events",
                sql: "\"metadata\" IS NULL OR json_valid(\"metadata\")");

            migrationBuilder.AddCheckConstraint(
                name: "CK_aggregate_snapshots_snapshot_data",
                table: "aggregate_snapshots",
                sql: "\"snapshot_data\" IS NULL OR json_valid(\"snapshot_data\")");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "CK_events_event_data",
                table: "events");

            migrationBuilder.DropCheckConstraint(
                name: "CK_events_metadata",
                table: "events");

            migrationBuilder.DropCheckConstraint(
                name: "CK_aggregate_snapshots_snapshot_data",
                table: "aggregate_snapshots");
        }
    }
}
