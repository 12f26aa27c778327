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
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task CopyAsync(
        NpgsqlConnection connection,
        long from,
        string to,
        CancellationToken cancellationToken
    )
    {
        var settings = await connection
            .QueryAsync(
                Select,
                row =>
                    (Role: row.Text(0), Name: row.GetString(1), Value: row.GetString(2), CanAdopt: row.GetBoolean(3)),
                cancellationToken,
                from
            )
            .ConfigureAwait(false);
        foreach (var (role, name, value, canAdopt) in settings)
        {
            var database = PostgreSqlText.Quote(to);
            var target = role is null
                ? $"ALTER DATABASE {database}"
                : $"ALTER ROLE {PostgreSqlText.Quote(role)} IN DATABASE {database}";
            var setting = string.Join('.', name.Split('.').Select(PostgreSqlText.Quote));
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                if (canAdopt)
                {
                    await connection
                        .ExecuteAsync("SELECT pg_catalog.set_config($1, $2, true)", cancellationToken, name, value)
                        .ConfigureAwait(false);
                }
                var given = canAdopt ? "FROM CURRENT" : $"TO {PostgreSqlText.Literal(value)}";
                await connection
                    .ExecuteAsync($"{target} SET {setting} {given}", cancellationToken)
                    .ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
