using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Copy;

/// <summary>
/// Disables triggers that notify others of each statement: a transaction that has notified cannot be prepared
/// (https://www.postgresql.org/docs/current/sql-prepare-transaction.html). Without a transition table such a trigger does not see the
/// rows. The transaction leaves the triggers as they were.
/// </summary>
internal sealed class Notifications(NpgsqlConnection connection)
{
    private const string Select = """
        SELECT n.nspname::text, c.relname::text, g.tgname::text, g.tgenabled::text
        FROM pg_catalog.pg_trigger g
        JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
        JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE g.tgrelid = ANY ($1::regclass[]::oid[]) AND NOT g.tgisinternal AND g.tgenabled <> 'D'
            AND (g.tgtype & 1) = 0 AND g.tgnewtable IS NULL AND g.tgoldtable IS NULL AND p.prosrc ~* '\m(pg_)?notify\M'
        ORDER BY g.oid
        """;

    private List<(string Table, string Trigger, string Before)> _disabled = [];

    public async Task DisableAsync(string[] tables, CancellationToken cancellationToken)
    {
        _disabled = await connection
            .QueryAsync(
                Select,
                row =>
                    (
                        PostgreSqlText.Quote(row.GetString(0), row.GetString(1)),
                        PostgreSqlText.Quote(row.GetString(2)),
                        row.GetString(3) switch
                        {
                            "A" => "ENABLE ALWAYS",
                            "R" => "ENABLE REPLICA",
                            _ => "ENABLE",
                        }
                    ),
                cancellationToken,
                (object)tables
            )
            .ConfigureAwait(false);
        foreach (var (table, trigger, _) in _disabled)
        {
            await AlterAsync(table, trigger, "DISABLE", cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task EnableAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, trigger, before) in _disabled)
        {
            await AlterAsync(table, trigger, before, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task AlterAsync(string table, string trigger, string how, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"ALTER TABLE {table} {how} TRIGGER {trigger}", cancellationToken);
}
