using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.Events
{
    /// <inheritdoc />
    public partial class NormaliseEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The checksum of an event with wrapped content is still that of the inner text: ChecksumBatch
            // accounts for it.
            migrationBuilder.NormaliseTimes("events", "timestamp");
            migrationBuilder.NormaliseTimes("aggregate_snapshots", "created_at");
            migrationBuilder.NormaliseTimes("event_checkpoints", "updated_at");
            migrationBuilder.LowerHex("events", "checksum");
            migrationBuilder.WrapInvalidJson("events", "event_data", "metadata");
            migrationBuilder.WrapInvalidJson("aggregate_snapshots", "snapshot_data");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RestoreTimes("events", "timestamp");
            migrationBuilder.RestoreTimes("aggregate_snapshots", "created_at");
            migrationBuilder.RestoreTimes("event_checkpoints", "updated_at");
            migrationBuilder.UpperHex("events", "checksum");
            migrationBuilder.UnwrapInvalidJson("events", "event_data", "metadata");
            migrationBuilder.UnwrapInvalidJson("aggregate_snapshots", "snapshot_data");
        }
    }
}
