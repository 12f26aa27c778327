using System.Globalization;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

public sealed class MappedFileTests
{
    private const int FileMegabytes = 150;

    [Test, Platform("Linux")]
    public void A_check_does_not_keep_the_file_in_the_memory_of_the_process()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "large.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        connection.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE t (v TEXT)");
        connection.Execute(
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {FileMegabytes * 1000 / 2}) INSERT INTO t SELECT hex(zeroblob(1000)) FROM n"
        );
        using var interrupt = new SqliteInterrupt(connection, WorkLimits.None);

        var (result, kilobytes) = MappedFile.During(
            connection,
            file,
            interrupt,
            () => (connection.Text("PRAGMA quick_check"), MappedKilobytes(file))
        );

        Assert.That(result, Is.EqualTo("ok"));
        Assert.That(kilobytes, Is.InRange(1, 50_000), $"of {FileMegabytes} MB");
    }

    /// <summary>The pages of the mapped file that count as the process's memory.</summary>
    private static long MappedKilobytes(string file) =>
        File.ReadLines("/proc/self/smaps")
            .SkipWhile(line => !line.EndsWith(file, StringComparison.Ordinal))
            .Where(line => line.StartsWith("Rss:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture))
            .First();
}
