using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Copy;

/// <summary>
/// Defers the references that cannot be right until other tables have their rows: those of circles, and those that an
/// author has made deferrable. The transaction leaves them as they were.
/// </summary>
internal sealed class LateReferences(NpgsqlConnection connection)
{
    private const string Select = """
        SELECT n.nspname::text, c.relname::text, k.conname::text, k.condeferrable, k.condeferred
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE k.contype = 'f' AND k.conparentid = 0
            AND array_position($1::regclass[]::oid[], k.conrelid) < array_position($1::regclass[]::oid[], k.confrelid)
        ORDER BY k.oid
        """;

    private List<(string Table, string Name, string Before)> _changed = [];

    /// <param name="tables">The tables in the order in which they get their rows.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task DeferAsync(string[] tables, CancellationToken cancellationToken)
    {
        _changed = await connection
            .QueryAsync(
                Select,
                row =>
                    (
                        PostgreSqlText.Quote(row.GetString(0), row.GetString(1)),
                        PostgreSqlText.Quote(row.GetString(2)),
                        row.GetBoolean(4) ? "DEFERRABLE INITIALLY DEFERRED"
                        : row.GetBoolean(3) ? "DEFERRABLE INITIALLY IMMEDIATE"
                        : "NOT DEFERRABLE"
                    ),
                cancellationToken,
                (object)tables
            )
            .ConfigureAwait(false);
        foreach (var (table, name, _) in _changed)
        {
            await AlterAsync(table, name, "DEFERRABLE INITIALLY DEFERRED", cancellationToken).ConfigureAwait(false);
        }
        await connection.ExecuteAsync("SET CONSTRAINTS ALL DEFERRED", cancellationToken).ConfigureAwait(false);
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", cancellationToken).ConfigureAwait(false);
        foreach (var (table, name, before) in _changed)
        {
            await AlterAsync(table, name, before, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task AlterAsync(string table, string name, string how, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"ALTER TABLE {table} ALTER CONSTRAINT {name} {how}", cancellationToken);
}
