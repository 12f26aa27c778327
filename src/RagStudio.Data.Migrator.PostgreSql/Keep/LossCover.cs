using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>
/// Sees to it that a backup has what a run drops and cannot keep. It is made between two attempts of the run, while
/// nothing is locked, so that others go on however long it takes. The next attempt locks the tables against writers before
/// it changes anything, and looks for rows that the backup cannot have.
/// </summary>
internal sealed class LossCover(string runId)
{
    private const int LongestId = 200;

    /// <summary>
    /// A row has the number of the transaction that wrote it without the epoch: the last one with that number, before the
    /// next one to come. A very old row may have a number from another epoch, and counts as old.
    /// </summary>
    private const string CountNewer = """
        SELECT count(*) FROM {0},
            (SELECT pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::int8 AS next) AS n
        WHERE NOT pg_catalog.pg_visible_in_snapshot(GREATEST(0, n.next
            - ((n.next - {1}.xmin::text::int8) % 4294967296 + 4294967296) % 4294967296)::text::xid8, $1::pg_snapshot)
        """;

    private const string SelectSnapshot = "SELECT pg_catalog.pg_current_snapshot()::text";

    private const string MayRead = """
        SELECT pg_catalog.has_table_privilege(pg_catalog.to_regclass($1)::oid, 'SELECT')
            AND NOT pg_catalog.row_security_active(pg_catalog.to_regclass($1)::oid)
        """;

    private readonly List<UnkeptContent> _awaiting = [];
    private List<Cover> _covers = [];
    private string? _dumped;
    private int _restorePoints;

    /// <summary>True if something is known to be lost that no backup has.</summary>
    public bool IsAwaiting => _awaiting.Count > 0;

    public Cover? Find(KeptStep step, DroppedContent content) => _covers.Find(cover => cover.IsFor(step, content));

    public void Await(UnkeptContent unkept) => _awaiting.Add(unkept);

    /// <summary>Remembers what a dump contains, in whose snapshot the connection is.</summary>
    public async Task SeeDumpAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        _dumped = await connection.ScalarAsync<string>(SelectSnapshot, cancellationToken).ConfigureAwait(false);

    /// <summary>Has backups made, or makes sure that there can be one.</summary>
    /// <param name="connection">A connection without a transaction.</param>
    /// <param name="address">The database.</param>
    /// <param name="backUpAsync">Makes a backup set.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="RefusedStepException">There is no backup.</exception>
    public async Task CoverAsync(
        NpgsqlConnection connection,
        ServerAddress address,
        Func<CancellationToken, Task<CreatedCopies>> backUpAsync,
        CancellationToken cancellationToken
    )
    {
        foreach (var group in _awaiting.GroupBy(one => (one.Options.UnkeptLoss, one.Step.Database)))
        {
            UnkeptContent[] unkept = [.. group];
            var cover = group.Key.UnkeptLoss switch
            {
                UnkeptLossPolicy.Dump => await DumpAsync(unkept[0], backUpAsync, cancellationToken)
                    .ConfigureAwait(false),
                UnkeptLossPolicy.External => await CallAsync(connection, unkept, address, cancellationToken)
                    .ConfigureAwait(false),
                _ => await ProveArchiveAsync(connection, unkept[0], cancellationToken).ConfigureAwait(false),
            };
            _covers.AddRange(unkept.Select(one => cover with { Unkept = one }));
        }
        _awaiting.Clear();
    }

    /// <summary>Before anything is changed, locks the tables against writers, and creates a restore point.</summary>
    /// <param name="connection">The run's connection.</param>
    /// <param name="atBegin">Its tables.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task BeginAsync(
        NpgsqlConnection connection,
        ContentSnapshot atBegin,
        CancellationToken cancellationToken
    )
    {
        _awaiting.Clear();
        var located =
            from cover in _covers
            let table = atBegin.Find(cover.Unkept.Content.Oid)
            where table is not null
            orderby table.Schema, table.Name
            select (Cover: cover, Table: table);
        var begun = new List<Cover>();
        foreach (var (cover, table) in located.ToArray())
        {
            var newer = await LockAsync(connection, cover, table, cancellationToken).ConfigureAwait(false);
            begun.Add(cover with { Newer = newer });
        }
        if (begun.Exists(cover => cover.Fate == DroppedDataFate.BeforeRestorePoint))
        {
            var name = await CreateRestorePointAsync(connection, cancellationToken).ConfigureAwait(false);
            begun = [.. begun.Select(one => one.Snapshot is null ? one with { Reference = name } : one)];
        }
        _covers = begun;
    }

    /// <returns>The number of rows that the backup cannot have.</returns>
    private static async Task<long> LockAsync(
        NpgsqlConnection connection,
        Cover cover,
        TableContent table,
        CancellationToken cancellationToken
    )
    {
        var name = PostgreSqlText.Quote(table.Schema, table.Name);
        await connection
            .ExecuteAsync($"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE", cancellationToken)
            .ConfigureAwait(false);
        if (
            cover.Snapshot is not { } snapshot
            || !await connection.ScalarAsync<bool>(MayRead, cancellationToken, name).ConfigureAwait(false)
        )
        {
            return 0;
        }
        var count = CountNewer
            .Replace("{0}", $"{name} AS t", StringComparison.Ordinal)
            .Replace("{1}", "t", StringComparison.Ordinal);
        return await connection.ScalarAsync<long>(count, cancellationToken, snapshot).ConfigureAwait(false);
    }

    private async Task<string> CreateRestorePointAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // A recovery stops at the first one of a name, and an attempt that was rolled back has left its own.
        var name = FormattableString.Invariant($"migrator_{runId}_{++_restorePoints}");
        await ArchiveProof.CreateRestorePointAsync(connection, name, cancellationToken).ConfigureAwait(false);
        return name;
    }

    private async Task<Cover> DumpAsync(
        UnkeptContent unkept,
        Func<CancellationToken, Task<CreatedCopies>> backUpAsync,
        CancellationToken cancellationToken
    )
    {
        var (set, folder) = await backUpAsync(cancellationToken).ConfigureAwait(false);
        var copy = set.Databases.First(database => database.Name == unkept.Step.Database);
        return copy.Check == BackupDatabase.CheckPassed
            ? new Cover(unkept, DroppedDataFate.InBackupSet, set.Id, Path.Combine(folder, copy.File!), _dumped)
            : throw unkept.Refuse(
                $"The backup set '{set.Id}' was made for it, but could not be checked by a restore: {copy.Warning ?? copy.Check}. Remove the reason, and try again."
            );
    }

    private async Task<Cover> CallAsync(
        NpgsqlConnection connection,
        UnkeptContent[] unkept,
        ServerAddress address,
        CancellationToken cancellationToken
    )
    {
        var (first, step) = (unkept[0], unkept[0].Step);
        var snapshot = await connection.ScalarAsync<string>(SelectSnapshot, cancellationToken).ConfigureAwait(false);
        var request = new ExternalBackupRequest(
            step.Database,
            address.DisplayName,
            runId,
            [.. unkept.Select(one => one.Describe())]
        );
        string? id;
        try
        {
            id = await first.Options.ExternalBackup!(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw first.Refuse($"The external backup failed: {failure.Message.TrimEnd('.')}.", failure);
        }
        return string.IsNullOrWhiteSpace(id) || id.Length > LongestId || id.Any(char.IsControl)
            ? throw first.Refuse(
                $"{nameof(PostgreSqlDatabaseOptions.ExternalBackup)} must return an id of 1 to {LongestId} characters, without control characters."
            )
            : new Cover(first, DroppedDataFate.InExternalBackup, id, Place: null, snapshot);
    }

    private async Task<Cover> ProveArchiveAsync(
        NpgsqlConnection connection,
        UnkeptContent unkept,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var fault = await ArchiveProof
                .FindFaultAsync(connection, $"migrator_{runId}_0", cancellationToken)
                .ConfigureAwait(false);
            return fault is null
                ? new Cover(unkept, DroppedDataFate.BeforeRestorePoint, Reference: null, Place: null, Snapshot: null)
                : throw unkept.Refuse($"A restore point would be of no use: {fault}");
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw unkept.Refuse(
                $"The role may not create a restore point ({refused.MessageText}): as a superuser, GRANT EXECUTE ON FUNCTION pg_create_restore_point(text), pg_switch_wal() to it.",
                refused
            );
        }
    }
}
