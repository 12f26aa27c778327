namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>The data folder of a cluster.</summary>
internal static class ClusterFolder
{
    /// <summary>Copies a cluster that does not run.</summary>
    public static Task CopyAsync(string source, string target) => CopyAsync(source, target, static (_, _) => false);

    /// <summary>
    /// Copies what a backup of a running cluster holds; see "Making a Base Backup Using the Low Level API" in
    /// PostgreSQL's documentation. The server may remove files meanwhile: the write-ahead log knows of that.
    /// </summary>
    public static Task CopyRunningAsync(string source, string target) => CopyAsync(source, target, IsLeftOut);

    private static async Task CopyAsync(string source, string target, Func<string, string, bool> isLeftOut)
    {
        Copy(new DirectoryInfo(source), target, isLeftOut);
        await UnprivilegedUser.TakeOverAsync(target);
    }

    private static void Copy(DirectoryInfo source, string target, Func<string, string, bool> isLeftOut)
    {
        CreatePrivate(target);
        foreach (var folder in source.EnumerateDirectories())
        {
            Copy(folder, Path.Combine(target, folder.Name), isLeftOut);
        }
        foreach (var file in source.EnumerateFiles().Where(file => !isLeftOut(source.Name, file.Name)))
        {
            try
            {
                _ = file.CopyTo(Path.Combine(target, file.Name));
            }
            catch (FileNotFoundException) when (isLeftOut == IsLeftOut)
            {
                // A relation that was dropped after its name was read.
            }
        }
    }

    private static bool IsLeftOut(string folder, string file) =>
        folder
            is "pg_wal"
                or "archive_status"
                or "pg_replslot"
                or "pg_dynshmem"
                or "pg_notify"
                or "pg_serial"
                or "pg_snapshots"
                or "pg_stat_tmp"
                or "pg_subtrans"
                or "pgsql_tmp"
        || file is "postmaster.pid" or "postmaster.opts" or "pg_internal.init"
        || file.StartsWith("pgsql_tmp", StringComparison.Ordinal);

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = Directory.CreateDirectory(folder);
        }
        else
        {
            // The server refuses a folder that others may read.
            _ = Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }
}
