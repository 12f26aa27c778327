using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.Events
{
    /// <inheritdoc />
    public partial class IndexEventLookups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_events_event_type",
                table: "events",
                column: "event_type");

            migrationBuilder.CreateIndex(
                name: "IX_events_timestamp",
                table: "events",
                column: "timestamp");

            migrationBuilder.CreateIndex(
                name: "IX_events_trace_id",
                table: "events",
                column: "trace_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_events_event_type",
                table: "events");

            migrationBuilder.DropIndex(
                name: "IX_events_timestamp",
                table: "events");

            migrationBuilder.DropIndex(
                name: "IX_events_trace_id",
                table: "events");
        }
    }
}
