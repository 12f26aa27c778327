using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>
/// What ALTER DATABASE … SET and ALTER ROLE … IN DATABASE … SET have set. PostgreSQL keeps a value as the setting itself
/// reads it, so a session adopts it and the statement takes it from there: a list is not taken for one name.
/// </summary>
internal static class DatabaseSettings
{
    private const string Select = """
        SELECT CASE WHEN s.setrole <> 0 THEN pg_catalog.pg_get_userbyid(s.setrole)::text END,
            pg_catalog.split_part(c.text, '=', 1), substr(c.text, strpos(c.text, '=') + 1),
            COALESCE(p.context IN ('user', 'superuser'), true)
        FROM pg_catalog.pg_db_role_setting s CROSS JOIN unnest(s.setconfig) c(text)
        LEFT JOIN pg_catalog.pg_settings p ON p.name = pg_catalog.split_part(c.text, '=', 1)
        WHERE s.setdatabase = $1::int8::oid
        """;

    /// <param name="connection">A connection to any database of the server.</param>
    /// <param name="from">The database that has them.</param>
    /// <param name="to">The database that gets them.</param>
    /// <param name="address">The address of the first.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="DatabaseAccessException">The role may not set one of them.</exception>
    public static async Task CopyAsync(
        NpgsqlConnection connection,
        long from,
        string to,
        ServerAddress address,
        CancellationToken cancellationToken
    )
    {
        foreach (var setting in await ReadAsync(connection, from, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await SetAsync(connection, setting, PostgreSqlText.Quote(to), cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new DatabaseAccessException(
                    MigrationPhase.Apply,
                    address.DisplayName,
                    DatabaseProblem.Server,
                    $"its setting '{setting.Name}' cannot be carried over to the restored database ({refused.MessageText}). Restore as a superuser, or reset the setting and set it again afterwards",
                    refused
                );
            }
        }
    }

    /// <summary>Copies those that the role may set: what only others may set decides about logs, not about migrations.</summary>
    public static async Task CopyAllowedAsync(
        NpgsqlConnection connection,
        long from,
        string to,
        CancellationToken cancellationToken
    )
    {
        foreach (var setting in await ReadAsync(connection, from, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await SetAsync(connection, setting, PostgreSqlText.Quote(to), cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege) { }
        }
    }

    private static Task<List<Setting>> ReadAsync(
        NpgsqlConnection connection,
        long from,
        CancellationToken cancellationToken
    ) =>
        connection.QueryAsync(
            Select,
            row => new Setting(row.Text(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)),
            cancellationToken,
            from
        );

    private static async Task SetAsync(
        NpgsqlConnection connection,
        Setting setting,
        string database,
        CancellationToken cancellationToken
    )
    {
        var target = setting.Role is null
            ? $"ALTER DATABASE {database}"
            : $"ALTER ROLE {PostgreSqlText.Quote(setting.Role)} IN DATABASE {database}";
        var name = string.Join('.', setting.Name.Split('.').Select(PostgreSqlText.Quote));
        var given = setting.CanAdopt ? "FROM CURRENT" : $"TO {PostgreSqlText.Literal(setting.Value)}";
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (setting.CanAdopt)
            {
                await connection
                    .ExecuteAsync(
                        "SELECT pg_catalog.set_config($1, $2, true)",
                        cancellationToken,
                        setting.Name,
                        setting.Value
                    )
                    .ConfigureAwait(false);
            }
            await connection.ExecuteAsync($"{target} SET {name} {given}", cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private readonly record struct Setting(string? Role, string Name, string Value, bool CanAdopt);
}
