using System.Security.Cryptography;
using Npgsql;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>
/// Dumps a database with pg_dump, in a snapshot in which the caller counts at the same time: others go on, and the dump
/// holds exactly the counted rows.
/// </summary>
/// <param name="source">How to connect.</param>
/// <param name="tools">PostgreSQL's programs.</param>
/// <param name="connection">A connection without a transaction, or in one that has a snapshot.</param>
internal sealed class DumpWriter(ConnectionSource source, DumpTools tools, NpgsqlConnection connection)
{
    private const int PageBytes = 8192;

    /// <param name="file">The file to create; nobody but its owner can read it.</param>
    /// <param name="progress">Receives the number of bytes written.</param>
    /// <param name="countAsync">Counts the rows that the connection sees.</param>
    /// <param name="isInSnapshot">True if the connection is in a transaction that has a snapshot.</param>
    /// <param name="cancellationToken">Ends the dump; a partial file remains.</param>
    public async Task<StorageCopy> WriteAsync(
        string file,
        IProgress<(long Copied, long Total)>? progress,
        Func<CancellationToken, Task> countAsync,
        bool isInSnapshot,
        CancellationToken cancellationToken
    )
    {
        var (dump, _) = await tools
            .FindAsync(connection.PostgreSqlVersion, source.Address, cancellationToken)
            .ConfigureAwait(false);
        var output = Create(file);
        await using (output.ConfigureAwait(false))
        {
            if (!isInSnapshot)
            {
                await connection
                    .ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken)
                    .ConfigureAwait(false);
            }
            try
            {
                return await WriteAsync(dump, output, progress, countAsync, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (!isInSnapshot && connection.State == System.Data.ConnectionState.Open)
                {
                    await connection.ExecuteAsync("ROLLBACK", CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<StorageCopy> WriteAsync(
        string dump,
        FileStream output,
        IProgress<(long Copied, long Total)>? progress,
        Func<CancellationToken, Task> countAsync,
        CancellationToken cancellationToken
    )
    {
        // The transaction only waits for pg_dump, which may take hours.
        await connection
            .ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout = 0", cancellationToken)
            .ConfigureAwait(false);
        var snapshot = await connection
            .ScalarAsync<string>("SELECT pg_catalog.pg_export_snapshot()", cancellationToken)
            .ConfigureAwait(false);
        var size = await connection
            .ScalarAsync<long>("SELECT pg_catalog.pg_database_size(pg_catalog.current_database())", cancellationToken)
            .ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var written = 0L;
        var environment = await DumpEnvironment
            .CreateAsync(source, connection, source.Address.Database, cancellationToken)
            .ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var dumping = new DumpProcess(dump, environment).RunAsync(
            ["--format=custom", "--no-password", $"--snapshot={snapshot}"],
            WritePieceAsync,
            ending.Token
        );
        await BothAsync(dumping, countAsync, ending).ConfigureAwait(false);
        OwnFile.Flush(output.SafeFileHandle);
        progress?.Report((written, written));
        return new StorageCopy((written + PageBytes - 1) / PageBytes, Convert.ToHexStringLower(hash.GetHashAndReset()));

        async Task WritePieceAsync(ReadOnlyMemory<byte> piece)
        {
            await output.WriteAsync(piece, CancellationToken.None).ConfigureAwait(false);
            hash.AppendData(piece.Span);
            written += piece.Length;
            progress?.Report((written, Math.Max(written, size)));
        }
    }

    /// <summary>Counts while pg_dump works; a failure of either ends the other.</summary>
    private static async Task BothAsync(
        Task dumping,
        Func<CancellationToken, Task> countAsync,
        CancellationTokenSource ending
    )
    {
        var counting = countAsync(ending.Token);
        var first = await Task.WhenAny(dumping, counting).ConfigureAwait(false);
        if (!first.IsCompletedSuccessfully)
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }
        try
        {
            await Task.WhenAll(dumping, counting).ConfigureAwait(false);
        }
        catch
        {
            // The first one is the reason, and the other its consequence.
            await first.ConfigureAwait(false);
            throw;
        }
    }

    private static FileStream Create(string file)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(file, options);
    }
}
