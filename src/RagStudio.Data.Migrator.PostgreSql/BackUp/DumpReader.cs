using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Validate;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>Reads dumps: restores them, into a scratch database to see what they hold, or into the one that replaces another.</summary>
/// <param name="source">How to connect.</param>
/// <param name="tools">PostgreSQL's programs.</param>
internal sealed class DumpReader(ConnectionSource source, DumpTools tools)
{
    // A subscription would keep the database from being dropped, and go on receiving.
    private static readonly string[] Restore = ["--exit-on-error", "--no-password", "--no-subscriptions"];

    // To see what is in a dump, neither the roles nor the privileges are needed that it names.
    private static readonly string[] Look = [.. Restore, "--no-owner", "--no-privileges", "--no-publications"];

    /// <exception cref="DatabaseAccessException">The file is no dump, or damaged.</exception>
    public async Task<CopyInspection> InspectAsync(
        string file,
        IReadOnlyList<IPostgreSqlDatabase> databases,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ReadAsync(
                    file,
                    (connection, target, token) => InspectAsync(connection, target, databases, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        // The dump can be read as a whole, but this role cannot restore it here: it may still be good.
        catch (NotSupportedException reason)
        {
            return new CopyInspection(StorageCheck.Clean, Rows: null, Applied: null)
            {
                NotRestored = reason.Message.TrimEnd('.'),
            };
        }
    }

    /// <inheritdoc cref="IDatabaseStorage.TraceCopyAsync"/>
    public async Task<HistoryTrace> TraceAsync(
        string file,
        IReadOnlyList<IPostgreSqlDatabase> databases,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ReadAsync(
                    file,
                    (connection, target, token) => TraceAsync(connection, target, databases, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (NotSupportedException)
        {
            return HistoryTrace.None;
        }
    }

    /// <summary>Restores a dump completely, with its owners and privileges.</summary>
    /// <exception cref="DumpProcessException">The role may not create everything in it as it was.</exception>
    public async Task RestoreAsync(string file, ScratchDatabase into)
    {
        var restore = await FindAsync(into.Connection, CancellationToken.None).ConfigureAwait(false);
        await RestoreAsync(restore, Restore, file, into, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<T> ReadAsync<T>(
        string file,
        Func<NpgsqlConnection, string, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        var (restore, definition) = await LookAsync(cancellationToken).ConfigureAwait(false);
        await DemandDumpAsync(restore, file, cancellationToken).ConfigureAwait(false);
        var scratch = await CreateAsync(restore, file, definition, cancellationToken).ConfigureAwait(false);
        await using (scratch.ConfigureAwait(false))
        {
            try
            {
                await RestoreAsync(restore, Look, file, scratch, cancellationToken).ConfigureAwait(false);
            }
            catch (DumpProcessException refused)
            {
                await DemandWholeAsync(restore, file, cancellationToken).ConfigureAwait(false);
                throw new NotSupportedException($"a scratch database does not accept it ({refused.Message})", refused);
            }
            var target = definition?.Target ?? "public";
            // What pg_restore has created is new to the driver, which asks for types once for each connection string.
            await scratch.Connection.ReloadTypesAsync(cancellationToken).ConfigureAwait(false);
            await scratch.SetTargetAsync(target, cancellationToken).ConfigureAwait(false);
            return await read(scratch.Connection, target, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ScratchDatabase> CreateAsync(
        DumpProcess restore,
        string file,
        DatabaseDefinition? definition,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ScratchDatabase
                .CreateAsync(source, definition?.Creation ?? "TEMPLATE template0", cancellationToken)
                .ConfigureAwait(false);
        }
        catch (NotSupportedException)
        {
            await DemandWholeAsync(restore, file, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Finds the program, and how the database that was dumped is made, if it is there.</summary>
    private async Task<(DumpProcess Restore, DatabaseDefinition? Definition)> LookAsync(
        CancellationToken cancellationToken
    )
    {
        var connection = source.CreateSecond();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var definition = await DatabaseDefinition.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
            return (await FindAsync(connection, cancellationToken).ConfigureAwait(false), definition);
        }
        catch (PostgresException missing) when (ServerErrors.IsMissing(missing))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            connection = await Maintenance.ConnectAsync(source, cancellationToken).ConfigureAwait(false);
            return (await FindAsync(connection, cancellationToken).ConfigureAwait(false), null);
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<DumpProcess> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var (_, restore) = await tools
                .FindAsync(connection.PostgreSqlVersion, source.Address, cancellationToken)
                .ConfigureAwait(false);
            return new DumpProcess(
                restore,
                await DumpEnvironment
                    .CreateAsync(source, connection, source.Address.Database, cancellationToken)
                    .ConfigureAwait(false)
            );
        }
        // Without the programs nothing is known about the dump, not even that it is one.
        catch (NotSupportedException missing)
        {
            throw new DatabaseAccessException(
                MigrationPhase.BackUp,
                source.Address.DisplayName,
                DatabaseProblem.Server,
                missing.Message.TrimEnd('.'),
                missing
            );
        }
    }

    private static Task RestoreAsync(
        DumpProcess restore,
        string[] options,
        string file,
        ScratchDatabase into,
        CancellationToken cancellationToken
    ) => restore.RunAsync([.. options, $"--dbname={into.Name}", Path.GetFullPath(file)], cancellationToken);

    private static async Task DemandDumpAsync(DumpProcess restore, string file, CancellationToken cancellationToken)
    {
        try
        {
            await restore.RunAsync(["--list", Path.GetFullPath(file)], cancellationToken).ConfigureAwait(false);
        }
        catch (DumpProcessException failure)
        {
            throw NoDump(file, DatabaseProblem.NotADatabase, failure);
        }
    }

    /// <summary>Reads all of it, without a database.</summary>
    private static async Task DemandWholeAsync(DumpProcess restore, string file, CancellationToken cancellationToken)
    {
        try
        {
            await restore.RunAsync(["--file=-", Path.GetFullPath(file)], cancellationToken).ConfigureAwait(false);
        }
        catch (DumpProcessException failure)
        {
            throw NoDump(file, DatabaseProblem.Corrupt, failure);
        }
    }

    private static DatabaseAccessException NoDump(string file, DatabaseProblem problem, Exception failure) =>
        new(MigrationPhase.BackUp, file, problem, failure.Message, failure);

    private async Task<CopyInspection> InspectAsync(
        NpgsqlConnection connection,
        string target,
        IReadOnlyList<IPostgreSqlDatabase> databases,
        CancellationToken cancellationToken
    )
    {
        var server = await ServerState
            .ReadAsync(connection, databases.Select(database => database.History.Table), cancellationToken)
            .ConfigureAwait(false);
        var rows = await new RowCounts(target, source)
            .CountAsync(
                connection,
                SchemaReader.SchemasOf(databases, target),
                SchemaReader.LeftOut(databases),
                cancellationToken
            )
            .ConfigureAwait(false);
        var states = await StateReader
            .ReadAsync(connection, server, databases, historyLimit: 0, cancellationToken)
            .ConfigureAwait(false);
        var applied = databases
            .Zip(states)
            .ToDictionary(pair => pair.First.Name, pair => pair.Second.Applied, StringComparer.Ordinal);
        var trace = await TraceAsync(connection, target, databases, cancellationToken).ConfigureAwait(false);
        return new CopyInspection(new StorageCheck([], 1), rows, applied) { Origin = trace.Origin };
    }

    private static async Task<HistoryTrace> TraceAsync(
        NpgsqlConnection connection,
        string target,
        IReadOnlyList<IPostgreSqlDatabase> databases,
        CancellationToken cancellationToken
    )
    {
        var server = await ServerState
            .ReadAsync(connection, databases.Select(database => database.History.Table), cancellationToken)
            .ConfigureAwait(false);
        return await HistoryTraceReader
            .FindAsync(connection, server, databases, target, cancellationToken)
            .ConfigureAwait(false);
    }
}
