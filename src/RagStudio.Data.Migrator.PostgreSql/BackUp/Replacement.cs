using System.Globalization;
using System.Text;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>
/// A restored database that is to take the place of another: a scratch database until both get other names. So the next
/// start drops what a killed run has left of it.
/// </summary>
internal sealed class Replacement : IAsyncDisposable
{
    private const int LongestName = 63;

    private const string SelectOid =
        "SELECT oid::int8 FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()";

    private readonly ScratchDatabase _scratch;

    private Replacement(
        ConnectionSource source,
        DatabaseDefinition definition,
        ScratchDatabase scratch,
        NpgsqlConnection replaced,
        NpgsqlConnection connection
    )
    {
        (Source, Definition, _scratch, Replaced, Connection) = (source, definition, scratch, replaced, connection);
        FormerName = FormerNameOf(definition.Name, TimeProvider.System.GetUtcNow());
    }

    public ConnectionSource Source { get; }

    /// <summary>The database to replace.</summary>
    public DatabaseDefinition Definition { get; }

    /// <summary>The run's session in that database.</summary>
    public NpgsqlConnection Replaced { get; }

    /// <summary>True if that session was ended.</summary>
    public bool IsDetached { get; private set; }

    /// <summary>A connection to the restored database.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>The name that the replaced database gets, under which it is kept.</summary>
    public string FormerName { get; }

    /// <summary>The name of the restored database until it takes the place of the other.</summary>
    public string Name => _scratch.Name;

    /// <summary>The oid of the restored database.</summary>
    public long Oid { get; private init; }

    /// <summary>Restores a dump beside the database, of which nothing is changed.</summary>
    /// <param name="source">How to connect.</param>
    /// <param name="tools">PostgreSQL's programs.</param>
    /// <param name="replaced">The session of the run, which it ends when the names are swapped.</param>
    /// <param name="file">The dump; <see langword="null"/> for a database without any content.</param>
    /// <exception cref="DatabaseAccessException">It cannot be restored, or could not take the place of the other.</exception>
    public static async Task<Replacement> CreateAsync(
        ConnectionSource source,
        DumpTools tools,
        NpgsqlConnection replaced,
        string? file
    )
    {
        var definition = await DatabaseDefinition.ReadAsync(replaced, CancellationToken.None).ConfigureAwait(false);
        var maintenance = await Maintenance.ConnectAsync(source, CancellationToken.None).ConfigureAwait(false);
        await using (maintenance.ConfigureAwait(false))
        {
            await OtherSessions
                .DemandEndableAsync(maintenance, definition.Oid, source.Address, CancellationToken.None)
                .ConfigureAwait(false);
            var scratch = await CreateScratchAsync(source, definition).ConfigureAwait(false);
            try
            {
                await DatabaseSettings
                    .CopyAsync(maintenance, definition.Oid, scratch.Name, source.Address, CancellationToken.None)
                    .ConfigureAwait(false);
                if (file is not null)
                {
                    await new DumpReader(source, tools).RestoreAsync(file, scratch).ConfigureAwait(false);
                }
                var connection = await OpenAsync(source, scratch.Name).ConfigureAwait(false);
                return new Replacement(source, definition, scratch, replaced, connection)
                {
                    Oid = await connection.ScalarAsync<long>(SelectOid, CancellationToken.None).ConfigureAwait(false),
                };
            }
            catch (DumpProcessException refused)
            {
                await scratch.DisposeAsync().ConfigureAwait(false);
                throw NotRestored(source, refused.Message, refused);
            }
            catch
            {
                await scratch.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Closes every own connection to either database: one that is in use cannot be renamed.</summary>
    public async Task DetachAsync()
    {
        IsDetached = true;
        await Connection.DisposeAsync().ConfigureAwait(false);
        await _scratch.DetachAsync().ConfigureAwait(false);
        await Replaced.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Drops the restored database. Not called if it has taken the place of the other.</summary>
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync().ConfigureAwait(false);
        if (!IsDetached)
        {
            await _scratch.DisposeAsync().ConfigureAwait(false);
            return;
        }
        var maintenance = await Maintenance.ConnectAsync(Source, CancellationToken.None).ConfigureAwait(false);
        await using (maintenance.ConfigureAwait(false))
        {
            await maintenance
                .ExecuteAsync(
                    $"DROP DATABASE IF EXISTS {PostgreSqlText.Quote(Name)} WITH (FORCE)",
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>PostgreSQL cuts names off after 63 bytes.</summary>
    internal static string FormerNameOf(string name, DateTimeOffset now)
    {
        var suffix =
            ScratchDatabase.Replaced
            + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var kept = name;
        while (Encoding.UTF8.GetByteCount(kept) + suffix.Length > LongestName)
        {
            kept = kept[..^(char.IsLowSurrogate(kept[^1]) ? 2 : 1)];
        }
        return kept + suffix;
    }

    private static async Task<ScratchDatabase> CreateScratchAsync(
        ConnectionSource source,
        DatabaseDefinition definition
    )
    {
        try
        {
            return await ScratchDatabase
                .CreateAsync(source, definition.Creation, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (NotSupportedException refused)
        {
            throw NotRestored(source, refused.Message, refused);
        }
    }

    /// <summary>Opens a session without limits, and gathers the statistics that a dump does not have.</summary>
    private static async Task<NpgsqlConnection> OpenAsync(ConnectionSource source, string database)
    {
        var connection = source.CreateFor(database);
        try
        {
            await connection.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await connection
                .ExecuteAsync(
                    "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0; ANALYZE",
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static DatabaseAccessException NotRestored(ConnectionSource source, string reason, Exception cause) =>
        new(
            MigrationPhase.Apply,
            source.Address.DisplayName,
            DatabaseProblem.Server,
            $"the backup could not be restored beside it: {reason}",
            cause
        );
}
