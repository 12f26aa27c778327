using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator;

#nullable disable

namespace RagStudio.Data.Migrations.AppMeta
{
    /// <inheritdoc />
    [MigrationKind(MigrationKind.Seed)]
    [RemovesRows("settings", AtMost = 4)]
    public partial class SeedSettings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A user's own value of the same key is kept. The time is that of the release, in the format used
            // at that time.
            migrationBuilder.Sql(
                """
                INSERT INTO "settings" ("key", "value", "schema_version", "created_at", "updated_at")
                VALUES
                    ('retrieval.top_k', '8', 1, '2025-08-18 00:00:00+00:00', '2025-08-18 00:00:00+00:00'),
                    ('ingest.parallelism', '2', 1, '2025-08-18 00:00:00+00:00', '2025-08-18 00:00:00+00:00'),
                    ('runs.retention_days', '90', 1, '2025-08-18 00:00:00+00:00', '2025-08-18 00:00:00+00:00'),
                    ('events.snapshot_interval', '100', 1, '2025-08-18 00:00:00+00:00', '2025-08-18 00:00:00+00:00')
                ON CONFLICT ("key") DO NOTHING;
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Removes only unchanged seeds; a changed value is the user's.
            migrationBuilder.Sql(
                """
                DELETE FROM "settings"
                WHERE ("key", "value") IN (
                        VALUES
                            ('retrieval.top_k', '8'),
                            ('ingest.parallelism', '2'),
                            ('runs.retention_days', '90'),
                            ('events.snapshot_interval', '100')
                    )
                    AND "created_at" = '2025-08-18 00:00:00+00:00'
                    AND "updated_at" = "created_at";
                """
            );
        }
    }
}
