using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Logs;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.BackUp;

/// <summary>
/// Copies databases: the file itself if a connection holds it (<see cref="LockedFile"/>), otherwise with
/// SQLite's backup API (https://sqlite.org/c3ref/backup_finish.html), which includes the content of the WAL
/// and concurrent writes. It never opens the live file, which would drop the process's locks on it.
/// </summary>
internal static class SqliteBackup
{
    /// <summary>The number of pages copied between two checks of the token; 4 MB at the default page size.</summary>
    private const int PagesPerStep = 1024;

    private const string Main = "main";

    /// <summary>
    /// Writes a copy that can be opened by itself in its folder. It is on disk when the method returns.
    /// </summary>
    public static async Task<StorageCopy> WriteAsync(
        SqliteConnection live,
        string livePath,
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    )
    {
        var watch = new CopyWatch(progress, limits);
        using (var target = OwnerOnlyFile.Create(file, livePath, FileAccess.Write, FileShare.Read))
        {
            if (LockedFile.TryOpen(live) is { } held)
            {
                var hash = await new LockedFileCopy(held, target.SafeFileHandle, watch)
                    .WriteAsync()
                    .ConfigureAwait(false);
                return new StorageCopy(held.Pages, hash);
            }
        }
        var pages = CopyShared(live, file, "DELETE", watch);
        RemoveLogs(file);
        if (IsInWal(live))
        {
            EditHeader(file, SqliteHeader.TellWalMode);
        }
        return new StorageCopy(pages, await FlushAndHashAsync(file, watch.Token).ConfigureAwait(false));
    }

    /// <summary>
    /// As <see cref="WriteAsync"/>, but shares the blocks of a held database where the file system can: that copy has no
    /// hash.
    /// </summary>
    public static async Task<StorageCopy> SnapshotAsync(
        SqliteConnection live,
        string livePath,
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    ) =>
        LockedFileClone.TryWrite(live, file, new CopyWatch(progress, limits)) is { } pages
            ? new StorageCopy(pages, Sha256: null)
            : await WriteAsync(live, livePath, file, progress, limits).ConfigureAwait(false);

    /// <summary>
    /// Writes a copy in the journal mode of the original, which needs as much space as the original when it
    /// is changed.
    /// </summary>
    public static async Task CloneAsync(
        SqliteConnection live,
        string livePath,
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    )
    {
        var watch = new CopyWatch(progress, limits);
        if (LockedFileClone.TryClone(live, file, watch) is not null)
        {
            return;
        }
        using (var target = OwnerOnlyFile.Create(file, livePath, FileAccess.Write, FileShare.Read))
        {
            if (LockedFile.TryOpen(live) is { } held)
            {
                await new LockedFileCopy(held, target.SafeFileHandle, watch).CloneAsync().ConfigureAwait(false);
                return;
            }
        }
        CopyShared(live, file, live.Text("PRAGMA journal_mode") == "wal" ? "WAL" : "DELETE", watch);
    }

    /// <summary>True if a copy tells that its source was in WAL mode; copies made by earlier versions do not.</summary>
    public static bool WasInWal(string copy)
    {
        using var file = File.OpenHandle(copy);
        Span<byte> header = stackalloc byte[SqliteHeader.Bytes];
        return RandomAccess.Read(file, header, 0) == header.Length && SqliteHeader.TellsWalMode(header);
    }

    /// <summary>
    /// Restores in one transaction of the live database: if killed halfway, it keeps its previous content.
    /// </summary>
    public static Task RestoreAsync(SqliteConnection live, string? file)
    {
        using var copy = file is null
            ? Open(":memory:", SqliteOpenMode.Memory)
            : Open(SqlitePath.Alone(file), SqliteOpenMode.ReadOnly);
        OpenStatements.End(live);
        ReleaseSpace(live);
        // If the schema cannot be read, only the pages of the database are known, and those are replaced.
        var leavesWal =
            live.TryExecute("PRAGMA journal_mode") && copy.TryExecute("PRAGMA page_size") && LeavesWal(copy, live);
        if (leavesWal)
        {
            live.Execute("PRAGMA journal_mode = DELETE");
        }
        Copy(copy, live, new CopyWatch(progress: null, WorkLimits.None));
        // Every page has been rewritten, including those that a failed flush has lost track of.
        Checkpoint.Run(live);
        if (leavesWal)
        {
            // The copied schema may be unreadable.
            live.TryExecute("PRAGMA journal_mode = WAL");
        }
        return Task.CompletedTask;
    }

    /// <summary>
    /// True if the restore has to leave WAL mode, in which the page size cannot change; a migration may have
    /// changed it. In a rollback journal the restore is one transaction too.
    /// </summary>
    private static bool LeavesWal(SqliteConnection copy, SqliteConnection live) =>
        live.Text("PRAGMA journal_mode") == "wal" && copy.Number("PRAGMA page_size") != live.Number("PRAGMA page_size");

    /// <summary>A failed migration may have filled the disk with its WAL, and the restore needs the space.</summary>
    private static void ReleaseSpace(SqliteConnection live)
    {
        try
        {
            live.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // The restore reports anyway if there is not enough space. A flush that failed here concerns only
            // content that the restore replaces.
        }
    }

    private static long CopyShared(SqliteConnection live, string file, string journalMode, CopyWatch watch)
    {
        long pages;
        using (var copy = Open(file, SqliteOpenMode.ReadWrite))
        {
            pages = Copy(live, copy, watch);
            if (copy.TryExecute($"PRAGMA journal_mode = {journalMode}"))
            {
                return pages;
            }
        }
        EditHeader(file, SqliteHeader.ClearWalMode);
        return pages;
    }

    /// <summary>SQLite does not report that it could not remove the log of the copy. The set would be faulty.</summary>
    private static void RemoveLogs(string copy)
    {
        foreach (var log in new[] { "-wal", "-shm", "-journal" })
        {
            OwnFile.Delete(copy + log);
        }
    }

    /// <summary>False also for a database whose schema cannot be read, without which SQLite does not tell.</summary>
    private static bool IsInWal(SqliteConnection connection) =>
        connection.TryExecute("PRAGMA journal_mode") && connection.Text("PRAGMA journal_mode") == "wal";

    private static void EditHeader(string copy, Action<Span<byte>> edit)
    {
        using var file = File.OpenHandle(copy, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> header = stackalloc byte[SqliteHeader.Bytes];
        RandomAccess.Read(file, header, 0);
        edit(header);
        RandomAccess.Write(file, header, 0);
    }

    private static long Copy(SqliteConnection source, SqliteConnection target, CopyWatch watch)
    {
        using var backup = raw.sqlite3_backup_init(target.Handle, Main, source.Handle, Main);
        if (backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(target.Handle), target.Handle);
        }

        var pageBytes = source.Number("PRAGMA page_size");
        int result;
        do
        {
            watch.ThrowIfOver();
            result = raw.sqlite3_backup_step(backup, PagesPerStep);
            var total = raw.sqlite3_backup_pagecount(backup);
            watch.Report((total - raw.sqlite3_backup_remaining(backup)) * pageBytes, total * pageBytes);
        } while (result == raw.SQLITE_OK);
        if (result != raw.SQLITE_DONE)
        {
            // Unlike the rest of SQLite, it returns the extended code.
            SqliteException.ThrowExceptionForRC(result & 0xFF, target.Handle);
        }

        return raw.sqlite3_backup_pagecount(backup);
    }

    /// <summary>Computes the hash while the disk writes.</summary>
    private static async Task<string> FlushAndHashAsync(string file, CancellationToken cancellationToken)
    {
        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var flush = Task.Run(() => OwnFile.Flush(written.SafeFileHandle), CancellationToken.None);
        try
        {
            return Convert.ToHexStringLower(
                await SHA256.HashDataAsync(written, cancellationToken).ConfigureAwait(false)
            );
        }
        finally
        {
            await flush.ConfigureAwait(false);
        }
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
