using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.Migrations.Events
{
    /// <inheritdoc />
    public partial class TraceEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "trace_id",
                table: "events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "user_id",
                table: "events",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The earlier schema has no columns for traces and users: they are lost.
            migrationBuilder.DropColumn(
                name: "trace_id",
                table: "events");

            migrationBuilder.DropColumn(
                name: "user_id",
                table: "events");
        }
    }
}
