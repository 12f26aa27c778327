using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Copies databases by SQLite's backup API (https://sqlite.org/c3ref/backup_finish.html), which sees what is still in
/// the WAL, and never by opening the live file, which would drop the process's locks on it.
/// </summary>
internal static class SqliteBackup
{
    /// <summary>Pages copied between two looks at the token; 4 MB of the usual pages.</summary>
    private const int PagesPerStep = 1024;

    private const string Main = "main";

    public static Task<long> WriteAsync(
        SqliteConnection live,
        string livePath,
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    )
    {
        CreateAsReadableAs(livePath, file);
        using var copy = Open(file, SqliteOpenMode.ReadWrite);
        var pages = Copy(live, copy, progress, limits);
        // Alone in its folder, a copy in WAL mode could not be opened by a reader who may not write there.
        copy.Execute("PRAGMA journal_mode = DELETE");
        return Task.FromResult(pages);
    }

    /// <summary>A copy in the journal mode of the original: it needs as much space as that when it is changed.</summary>
    public static async Task CloneAsync(
        SqliteConnection live,
        string livePath,
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    )
    {
        await WriteAsync(live, livePath, file, progress, limits).ConfigureAwait(false);
        if (live.Scalar<string>("PRAGMA journal_mode") == "wal")
        {
            using var copy = Open(file, SqliteOpenMode.ReadWrite);
            copy.Execute("PRAGMA journal_mode = WAL");
        }
    }

    /// <summary>One transaction of the live database: killed half way, it holds what it held before.</summary>
    public static Task RestoreAsync(SqliteConnection live, string? file)
    {
        using var copy = file is null ? Open(":memory:", SqliteOpenMode.Memory) : Open(file, SqliteOpenMode.ReadOnly);
        GiveBackSpace(live);
        Copy(copy, live, progress: null, WorkLimits.None);
        live.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return Task.CompletedTask;
    }

    /// <summary>A failed migration may have filled the disk with its WAL, which the restore needs for itself.</summary>
    private static void GiveBackSpace(SqliteConnection live)
    {
        try
        {
            live.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // The restore tells whether there is enough space all the same.
        }
    }

    private static long Copy(
        SqliteConnection source,
        SqliteConnection target,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    )
    {
        var begun = Stopwatch.GetTimestamp();
        using var backup = raw.sqlite3_backup_init(target.Handle, Main, source.Handle, Main);
        if (backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(target.Handle), target.Handle);
        }

        int result;
        do
        {
            limits.Token.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(begun) > limits.Timeout)
            {
                throw new TimeoutException($"It took longer than {limits.Timeout?.TotalSeconds:0.###} s.");
            }
            result = raw.sqlite3_backup_step(backup, PagesPerStep);
            var total = raw.sqlite3_backup_pagecount(backup);
            progress?.Report((total - raw.sqlite3_backup_remaining(backup), total));
        } while (result == raw.SQLITE_OK);
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, target.Handle);
        }

        return raw.sqlite3_backup_pagecount(backup);
    }

    private static void CreateAsReadableAs(string livePath, string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.GetUnixFileMode(livePath);
        }

        new FileStream(file, options).Dispose();
    }

    private static SqliteConnection Open(string source, SqliteOpenMode mode)
    {
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
        };
        var connection = new SqliteConnection(builder.ToString());
        connection.Open();
        return connection;
    }
}
