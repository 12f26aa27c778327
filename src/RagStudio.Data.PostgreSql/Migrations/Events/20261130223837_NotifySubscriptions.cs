using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RagStudio.Data.PostgreSql.Migrations.Events
{
    /// <inheritdoc />
    public partial class NotifySubscriptions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE FUNCTION events.notify_subscriptions() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_catalog.pg_notify('ragstudio_events', '');
                    RETURN NULL;
                END
                $$;
                """);

            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_events_notify" AFTER INSERT ON events.events
                FOR EACH STATEMENT EXECUTE FUNCTION events.notify_subscriptions();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TRIGGER "TR_events_notify" ON events.events;""");
            migrationBuilder.Sql("""DROP FUNCTION events.notify_subscriptions();""");
        }
    }
}
