using System.Globalization;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>SQLite receives the content of the file from the larger blocks, with fewer reads.</summary>
public sealed class ReadAheadTests
{
    private TemporaryFolder _folder = null!;
    private CopyFile _file = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TemporaryFolder();
        _file = new CopyFile(_folder.Combine("live.db"));
    }

    [TearDown]
    public void DisposeFolder() => _folder.Dispose();

    [Test]
    public void A_check_asks_the_system_a_fifth_as_often_as_there_are_pages()
    {
        _file.Create(4096, "DELETE", rows: 100_000);
        using var connection = Open();

        using var ahead = ReadAhead.TryAttach(connection);
        var found = Check(connection);

        Assert.That(found, Is.EqualTo(["ok"]));
        Assert.That(ahead!.Reads, Is.InRange(1, connection.Number("PRAGMA page_count") / 5));
    }

    [Test]
    public void Every_read_gives_the_bytes_of_the_file([Values(512, 4096, 65536)] int pageSize, [Range(1, 5)] int seed)
    {
        _file.Create(pageSize, "DELETE");
        var content = File.ReadAllBytes(_file.Path);
        using var connection = Open();
        using var ahead = ReadAhead.TryAttach(connection);

        foreach (var (offset, count) in Passes(content.Length, pageSize, new Random(seed)))
        {
            var (result, read) = Read(connection, offset, count);

            var expected = content.AsSpan(offset, Math.Min(count, content.Length - offset));
            var isWhole = expected.Length == count;
            Assert.That(result, Is.EqualTo(isWhole ? raw.SQLITE_OK : raw.SQLITE_IOERR_SHORT_READ));
            Assert.That(read.AsSpan(0, expected.Length).SequenceEqual(expected), $"{count} bytes at {offset}");
            Assert.That(read.AsSpan(expected.Length).IndexOfAnyExcept((byte)0), Is.EqualTo(-1), "behind the end");
        }
        Assert.That(ahead, Is.Not.Null);
    }

    [Test]
    public void What_is_found_in_a_damaged_file_is_what_SQLite_finds_by_itself([Range(1, 20)] int seed)
    {
        _file.Create(1024, "DELETE");
        Damage(new Random(seed));
        using var connection = Open();
        var expected = Check(connection);

        IReadOnlyList<string> found;
        using (ReadAhead.TryAttach(connection)!)
        {
            found = Check(connection);
        }

        Assert.That(found, Is.EqualTo(expected));
    }

    [Test]
    public void Of_a_file_that_has_lost_its_end_the_check_tells()
    {
        _file.Create(4096, "DELETE");
        using (var file = File.OpenWrite(_file.Path))
        {
            file.SetLength((file.Length / 2) + 100);
        }
        using var connection = Open();
        using var ahead = ReadAhead.TryAttach(connection);

        Assert.That(Check(connection), Has.None.EqualTo("ok"));
    }

    [Test]
    public void Afterwards_the_connection_reads_what_is_written()
    {
        _file.Create(4096, "WAL");
        using var connection = Open();
        using (ReadAhead.TryAttach(connection)!)
        {
            Check(connection);
        }

        connection.Execute("UPDATE notes SET text = 'changed'; PRAGMA wal_checkpoint(TRUNCATE)");
        connection.Execute("PRAGMA shrink_memory");

        Assert.That(connection.Number("SELECT COUNT(*) FROM notes WHERE text = 'changed'"), Is.EqualTo(3000));
        Assert.That(Check(connection), Is.EqualTo(["ok"]));
    }

    [Test]
    public void A_database_in_memory_is_left_to_SQLite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();

        Assert.That(ReadAhead.TryAttach(connection), Is.Null);
    }

    /// <summary>
    /// Reads of pages forward, backward and at random, and of parts of pages, as SQLite does; some of them
    /// beyond the end.
    /// </summary>
    private static IEnumerable<(int Offset, int Count)> Passes(int bytes, int pageSize, Random random)
    {
        for (var pass = 0; pass < 40; pass++)
        {
            var (page, step) = (random.Next(bytes / pageSize), random.Next(-3, 4));
            for (var i = 0; i < 50 && page >= 0 && page * pageSize < bytes; i++, page += step)
            {
                yield return random.Next(10) switch
                {
                    0 => (24, 16),
                    1 => (page * pageSize, random.Next(1, pageSize)),
                    2 => (bytes - random.Next(1, pageSize), pageSize),
                    _ => (page * pageSize, pageSize),
                };
            }
        }
    }

    private static unsafe (int Result, byte[] Bytes) Read(SqliteConnection connection, long offset, int count)
    {
        var bytes = new byte[count];
        bytes.AsSpan().Fill(0xEE);
        var file = OpenFile.TryGet(connection);
        fixed (byte* into = bytes)
        {
            return (file->Methods->Read(file, into, count, offset), bytes);
        }
    }

    private void Damage(Random random)
    {
        using var file = File.Open(_file.Path, FileMode.Open);
        for (var i = 0; i < 5; i++)
        {
            // Not the first page: without it no query would work.
            file.Position = random.NextInt64(1024, file.Length - 16);
            file.Write(Convert.FromHexString(random.GetHexString(32)));
        }
    }

    private static List<string> Check(SqliteConnection connection)
    {
        try
        {
            return [.. connection.Query("PRAGMA quick_check(1000)", row => row.Text(0)!)];
        }
        catch (SqliteException failure)
        {
            return [failure.SqliteErrorCode.ToString(CultureInfo.InvariantCulture)];
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        return connection;
    }
}
