using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>The keepsakes of a database, for those who look after them.</summary>
/// <param name="source">How to connect.</param>
/// <param name="databases">The contexts in it.</param>
internal sealed class KeepsakeStore(ConnectionSource source, IReadOnlyList<IPostgreSqlDatabase> databases)
    : IKeepsakeStore
{
    private const string Select = $"""
        SELECT to_char(min(kept_at) OVER (PARTITION BY run_id) AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISSMS"Z"') || '_' || run_id,
            min(kept_at) OVER (PARTITION BY run_id), run_id, program_version, database, version, reverts,
            quote_ident(table_schema) || '.' || quote_ident(table_name)
                || CASE WHEN columns = ARRAY[]::text[] THEN '' ELSE ' (' || array_to_string(columns, ', ') || ')' END,
            rows, bytes, id, seal
        FROM {KeptSchema.Index} ORDER BY run_id, id
        """;

    public async Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken)
    {
        var (entries, elsewhere) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        BackupSet[] kept =
        [
            .. from entry in entries
            group entry by entry.Set into set
            let first = set.First()
            select new BackupSet(
                FormatVersion: 1,
                set.Key,
                first.KeptAt,
                first.Reverts ? BackupReason.BeforeRollback : BackupReason.BeforeMigration,
                first.RunId,
                first.Program,
                [.. set.GroupBy(entry => entry.Database).Select(Describe)]
            )
            {
                Elsewhere = [.. elsewhere.Where(one => one.RunId == first.RunId).SelectMany(one => one.Elsewhere)],
            },
        ];
        return [.. kept, .. elsewhere.ExceptBy(kept.Select(set => set.RunId), one => one.RunId)];
    }

    public Task<IReadOnlyList<string>> VerifyAsync(string id, WorkLimits limits) =>
        InTransactionAsync(
            limits,
            async (connection, token) =>
            {
                var faults = new List<string>();
                foreach (
                    var entry in (await ReadAsync(connection, token).ConfigureAwait(false)).Where(e => e.Set == id)
                )
                {
                    if (await FindFaultAsync(connection, entry, token).ConfigureAwait(false) is { } fault)
                    {
                        faults.Add($"{entry.What}: {fault}");
                    }
                }
                return (IReadOnlyList<string>)faults;
            }
        );

    public Task RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        InTransactionAsync(
            new WorkLimits(null, cancellationToken),
            async (connection, token) =>
            {
                var entries = await ReadAsync(connection, token).ConfigureAwait(false);
                foreach (var entry in entries.Where(entry => ids.Contains(entry.Set, StringComparer.Ordinal)))
                {
                    await connection
                        .ExecuteAsync($"DROP TABLE IF EXISTS {KeptSchema.TableOf(entry.Id)}", token)
                        .ConfigureAwait(false);
                    await connection
                        .ExecuteAsync($"DELETE FROM {KeptSchema.Index} WHERE id = $1", token, entry.Id)
                        .ConfigureAwait(false);
                }
                await connection.ExecuteAsync("COMMIT", token).ConfigureAwait(false);
                return true;
            }
        );

    private static BackupDatabase Describe(IGrouping<string, Entry> entries) =>
        new(
            entries.Key,
            File: null,
            entries.Max(entry => entry.Version),
            entries.Sum(entry => entry.Bytes),
            Pages: 0,
            Sha256: null,
            entries.GroupBy(entry => entry.What).ToDictionary(what => what.Key, what => what.Sum(entry => entry.Rows)),
            BackupDatabase.CheckPassed
        );

    private static async Task<string?> FindFaultAsync(
        NpgsqlConnection connection,
        Entry entry,
        CancellationToken cancellationToken
    )
    {
        var table = KeptSchema.TableOf(entry.Id);
        if (
            !await connection
                .ScalarAsync<bool>("SELECT pg_catalog.to_regclass($1) IS NOT NULL", cancellationToken, table)
                .ConfigureAwait(false)
        )
        {
            return $"the table {table} is missing";
        }
        var (seal, rows) = await Seal.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
        return rows != entry.Rows
                ? string.Create(CultureInfo.InvariantCulture, $"{table} has {rows} rows, not {entry.Rows}")
            : seal != entry.Seal ? $"{table} was altered: its values are not those that were kept"
            : null;
    }

    private async Task<(List<Entry> Kept, List<BackupSet> Elsewhere)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await InTransactionAsync(
                    new WorkLimits(null, cancellationToken),
                    async (connection, token) =>
                        (
                            await ReadAsync(connection, token).ConfigureAwait(false),
                            await ReadElsewhereAsync(connection, token).ConfigureAwait(false)
                        )
                )
                .ConfigureAwait(false);
        }
        catch (DatabaseAccessException failure) when (ServerErrors.IsMissing(failure.InnerException))
        {
            return ([], []);
        }
    }

    private async Task<List<BackupSet>> ReadElsewhereAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var target = await connection
            .ScalarAsync<string>("SELECT pg_catalog.current_schema()::text", cancellationToken)
            .ConfigureAwait(false);
        var sets = new List<BackupSet>();
        foreach (var database in databases)
        {
            var records = new DropRecords(connection, StateReader.SchemaOf(database, target));
            sets.AddRange(await records.ListElsewhereAsync(database.Owner, cancellationToken).ConfigureAwait(false));
        }
        return sets;
    }

    private static async Task<List<Entry>> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    ) =>
        await KeptSchema.ExistsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await connection
                .QueryAsync(
                    Select,
                    row => new Entry(
                        row.GetString(0),
                        new DateTimeOffset(row.GetDateTime(1), TimeSpan.Zero),
                        row.GetString(2),
                        row.GetString(3),
                        row.GetString(4),
                        row.GetString(5),
                        row.GetBoolean(6),
                        row.GetString(7),
                        row.GetInt64(8),
                        row.GetInt64(9),
                        row.GetInt64(10),
                        row.GetString(11)
                    ),
                    cancellationToken
                )
                .ConfigureAwait(false)
            : [];

    /// <summary>Works in a transaction, which ends with the connection unless the work commits it.</summary>
    private Task<T> InTransactionAsync<T>(WorkLimits limits, Func<NpgsqlConnection, CancellationToken, Task<T>> work) =>
        LimitedWork.RunAsync(
            source.Address,
            limits,
            async token =>
            {
                var connection = source.CreateSecond();
                await using (connection.ConfigureAwait(false))
                {
                    await connection.OpenAsync(token).ConfigureAwait(false);
                    await connection.ExecuteAsync("BEGIN", token).ConfigureAwait(false);
                    return await work(connection, token).ConfigureAwait(false);
                }
            }
        );

    private sealed record Entry(
        string Set,
        DateTimeOffset KeptAt,
        string RunId,
        string Program,
        string Database,
        string Version,
        bool Reverts,
        string What,
        long Rows,
        long Bytes,
        long Id,
        string Seal
    );
}
