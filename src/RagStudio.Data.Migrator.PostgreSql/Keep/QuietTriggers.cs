using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>
/// Keeps the application's triggers of a table from firing while rows come back: they are rows that were there before.
/// </summary>
internal sealed class QuietTriggers(NpgsqlConnection connection, string table)
{
    private const string Select = """
        SELECT tgname::text, tgenabled::text FROM pg_catalog.pg_trigger
        WHERE tgrelid = pg_catalog.to_regclass($1) AND NOT tgisinternal AND tgenabled IN ('O', 'A')
        """;

    private List<(string Name, string State)> _triggers = [];

    public async Task DisableAsync(CancellationToken cancellationToken)
    {
        _triggers = await connection
            .QueryAsync(Select, row => (row.GetString(0), row.GetString(1)), cancellationToken, table)
            .ConfigureAwait(false);
        foreach (var (name, _) in _triggers)
        {
            await AlterAsync("DISABLE TRIGGER", name, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task EnableAsync(CancellationToken cancellationToken)
    {
        if (_triggers.Count == 0)
        {
            return;
        }
        // A table with checks that are still to be made cannot be altered.
        await connection.ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", cancellationToken).ConfigureAwait(false);
        foreach (var (name, state) in _triggers)
        {
            await AlterAsync(state == "A" ? "ENABLE ALWAYS TRIGGER" : "ENABLE TRIGGER", name, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private Task AlterAsync(string action, string name, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"ALTER TABLE {table} {action} {PostgreSqlText.Quote(name)}", cancellationToken);
}
