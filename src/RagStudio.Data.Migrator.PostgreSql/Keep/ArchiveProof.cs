using System.Diagnostics;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>Finds out if the server's archiving works: it has to archive a segment of the log that ends now.</summary>
internal static class ArchiveProof
{
    private const string SelectSettings = """
        SELECT pg_catalog.current_setting('archive_mode'), pg_catalog.current_setting('archive_command', true),
            pg_catalog.current_setting('archive_library', true)
        """;

    private const string EndSegment = "SELECT pg_catalog.pg_walfile_name(pg_catalog.pg_switch_wal())";

    /// <summary>Other files that are archived are the histories of timelines and the labels of backups.</summary>
    private const string SelectState = """
        SELECT COALESCE(last_archived_wal ~ '^[0-9A-F]{24}$' AND last_archived_wal COLLATE "C" >= $1, false), failed_count,
            last_failed_wal
        FROM pg_catalog.pg_stat_archiver
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="connection">A connection without a transaction.</param>
    /// <param name="name">The name of the restore point with which the segment ends: an empty one would not be archived.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Why archiving does not work, and what to do; <see langword="null"/> if it does.</returns>
    public static async Task<string?> FindFaultAsync(
        NpgsqlConnection connection,
        string name,
        CancellationToken cancellationToken
    )
    {
        var (mode, command, library) = (
            await connection
                .QueryAsync(SelectSettings, row => (row.GetString(0), row.Text(1), row.Text(2)), cancellationToken)
                .ConfigureAwait(false)
        )[0];
        if (mode is "off")
        {
            return "the server does not archive its log. Set archive_mode and archive_command or archive_library, and have a base backup.";
        }
        if (string.IsNullOrEmpty(command) && string.IsNullOrEmpty(library))
        {
            return "the server has neither an archive_command nor an archive_library. Set one of them, and have a base backup.";
        }
        var (_, failures, _) = await ReadAsync(connection, "", cancellationToken).ConfigureAwait(false);
        await CreateRestorePointAsync(connection, name, cancellationToken).ConfigureAwait(false);
        var segment = await connection.ScalarAsync<string>(EndSegment, cancellationToken).ConfigureAwait(false);
        return await AwaitAsync(connection, segment!, failures, cancellationToken).ConfigureAwait(false);
    }

    public static Task CreateRestorePointAsync(
        NpgsqlConnection connection,
        string name,
        CancellationToken cancellationToken
    ) => connection.ExecuteAsync("SELECT pg_catalog.pg_create_restore_point($1)", cancellationToken, name);

    private static async Task<string?> AwaitAsync(
        NpgsqlConnection connection,
        string segment,
        long failures,
        CancellationToken cancellationToken
    )
    {
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < Patience; )
        {
            var (isArchived, failed, lastFailed) = await ReadAsync(connection, segment, cancellationToken)
                .ConfigureAwait(false);
            if (isArchived)
            {
                return null;
            }
            if (failed > failures)
            {
                return $"archiving fails (pg_stat_archiver: {lastFailed}). Correct archive_command; the server's log has its message.";
            }
            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        return $"the server has not archived the segment {segment} of its log within {Patience.TotalSeconds:0} s. See pg_stat_archiver and the server's log.";
    }

    private static async Task<(bool IsArchived, long Failures, string? LastFailed)> ReadAsync(
        NpgsqlConnection connection,
        string segment,
        CancellationToken cancellationToken
    ) =>
        (
            await connection
                .QueryAsync(
                    SelectState,
                    row => (row.GetBoolean(0), row.GetInt64(1), row.Text(2)),
                    cancellationToken,
                    segment
                )
                .ConfigureAwait(false)
        )[0];
}
