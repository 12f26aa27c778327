using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.BackUp;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Rehearse;

/// <summary>
/// Creates a scratch database in which migrations find what they find in the real one, except its content: encoding and
/// collation, settings, extensions that others have installed, the schema of unqualified names.
/// </summary>
internal static class RehearsalDatabase
{
    /// <summary>What migrations have created, they create again.</summary>
    private const string SelectExtensions = """
        SELECT e.extname::text, n.nspname::text FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
        WHERE e.extname <> 'plpgsql' AND pg_catalog.pg_get_userbyid(e.extowner) <> current_user ORDER BY e.oid
        """;

    /// <param name="source">How to connect to the real database.</param>
    /// <param name="configure">Maps the types of the application's migrations.</param>
    /// <param name="target">The schema of unqualified names.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="NoScratchException">The server does not let the role create it.</exception>
    public static async Task<ScratchDatabase> CreateAsync(
        ConnectionSource source,
        Action<NpgsqlDataSourceBuilder> configure,
        string target,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var live = source.CreateReader();
            await using (live.ConfigureAwait(false))
            {
                await live.OpenAsync(cancellationToken).ConfigureAwait(false);
                var definition = await DatabaseDefinition.ReadAsync(live, cancellationToken).ConfigureAwait(false);
                var scratch = await ScratchDatabase
                    .CreateAsync(source, configure, definition.Form, cancellationToken)
                    .ConfigureAwait(false);
                try
                {
                    await EquipAsync(live, scratch, definition.Oid, target, cancellationToken).ConfigureAwait(false);
                    return scratch;
                }
                catch
                {
                    await scratch.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
            }
        }
        catch (NotSupportedException refused)
        {
            throw Refuse(source, refused.Message, refused);
        }
        catch (PostgresException refused)
        {
            throw Refuse(source, $"{refused.MessageText} (SQLSTATE {refused.SqlState})", refused);
        }
    }

    private static async Task EquipAsync(
        NpgsqlConnection live,
        ScratchDatabase scratch,
        long oid,
        string target,
        CancellationToken cancellationToken
    )
    {
        var quoted = PostgreSqlText.Quote(scratch.Name);
        // It gets rows that not everybody may read.
        await live.ExecuteAsync($"REVOKE ALL ON DATABASE {quoted} FROM PUBLIC", cancellationToken)
            .ConfigureAwait(false);
        await DatabaseSettings.CopyAllowedAsync(live, oid, scratch.Name, cancellationToken).ConfigureAwait(false);
        await live.ExecuteAsync($"ALTER DATABASE {quoted} SET synchronous_commit = local", cancellationToken)
            .ConfigureAwait(false);
        var extensions = await live.QueryAsync(
                SelectExtensions,
                row => (Name: PostgreSqlText.Quote(row.GetString(0)), Schema: PostgreSqlText.Quote(row.GetString(1))),
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var (name, schema) in extensions)
        {
            await scratch
                .Connection.ExecuteAsync(
                    $"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE EXTENSION IF NOT EXISTS {name} SCHEMA {schema}",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        await scratch.SetTargetAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private static NoScratchException Refuse(ConnectionSource source, string reason, Exception cause) =>
        new($"no copy of '{source.Address.DisplayName}' can be made: {reason}.", cause);
}
