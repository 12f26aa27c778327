using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>
/// A database in WAL mode that two connections change at random, in turn, without the code under test.
/// </summary>
internal sealed class DatabaseLife : IDisposable
{
    private readonly string _path;
    private readonly Random _random;
    private readonly SqliteConnection?[] _connections = new SqliteConnection?[2];
    private int _checkedIn;

    public DatabaseLife(string path, int seed)
    {
        (_path, _random) = (path, new Random(seed));
        using var connection = Open();
        Execute(
            connection,
            $"""
            PRAGMA auto_vacuum = {_random.Next(3)};
            PRAGMA page_size = {512 << (seed % 3)};
            PRAGMA journal_mode = WAL;
            CREATE TABLE notes (id INTEGER PRIMARY KEY, data BLOB);
            CREATE INDEX notes_data ON notes (data);
            """
        );
    }

    /// <summary>
    /// The present bytes of both files. Only this process has them open, and uses them only from this thread.
    /// </summary>
    public (byte[] File, byte[] Log) Image() =>
        (File.ReadAllBytes(_path), File.Exists(_path + "-wal") ? File.ReadAllBytes(_path + "-wal") : []);

    /// <returns>The action taken.</returns>
    public string Step()
    {
        var sql = Next();
        if (sql.Length == 0)
        {
            CloseOne();
            return "close";
        }
        var logBefore = Image().Log;
        using var command = (_connections[_random.Next(2)] ??= Open()).CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        var isSameLog = logBefore.Length > 32 && Image().Log.AsSpan().StartsWith(logBefore.AsSpan(0, 32));
        _checkedIn =
            sql.Contains("wal_checkpoint", StringComparison.Ordinal) ? Image().Log.Length
            : isSameLog ? _checkedIn
            : 0;
        return sql;
    }

    /// <summary>
    /// The states after a kill following or during the last step, and after a power failure, which loses the
    /// end of a log.
    /// </summary>
    public IEnumerable<(byte[] File, byte[] Log)> KilledDuring((byte[] File, byte[] Log) before)
    {
        var after = Image();
        yield return after;
        if (before.File.Length > 0 && after.Log.Length > 0 && before.Log.AsSpan().SequenceEqual(after.Log))
        {
            // A checkpoint writes pages one by one.
            var cut = _random.Next(before.File.Length);
            yield return ([.. after.File[..Math.Min(cut, after.File.Length)], .. before.File[cut..]], after.Log);
        }
        if (after.Log.Length > Math.Max(_checkedIn, 32) && before.File.AsSpan().SequenceEqual(after.File))
        {
            yield return (after.File, after.Log[.._random.Next(Math.Max(_checkedIn, 32), after.Log.Length)]);
        }
    }

    public void Close()
    {
        CloseOne();
        CloseOne();
    }

    public void Dispose() => Close();

    private void CloseOne()
    {
        var i = _connections[0] is null ? 1 : 0;
        _connections[i]?.Dispose();
        _connections[i] = null;
        _checkedIn = 0;
    }

    private string Next() =>
        _random.Next(16) switch
        {
            0 => "",
            1 => "PRAGMA wal_checkpoint(PASSIVE)",
            2 => "PRAGMA wal_checkpoint(TRUNCATE)",
            3 => $"CREATE TABLE t{_random.Next(1_000_000)} (id INTEGER PRIMARY KEY, x)",
            4 => "VACUUM",
            5 => "PRAGMA incremental_vacuum(2)",
            6 => $"PRAGMA user_version = {_random.Next(100)}",
            7 => "DELETE FROM notes WHERE id % 3 = 0",
            8 => "BEGIN; INSERT INTO notes (data) VALUES (randomblob(60000)); ROLLBACK",
            // More than fits into the cache: pages are in the log before the commit.
            9 =>
                "BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) INSERT INTO notes (data) SELECT randomblob(900) FROM n; COMMIT",
            10 =>
                "BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) INSERT INTO notes (data) SELECT randomblob(900) FROM n; ROLLBACK",
            11 or 12 => "UPDATE notes SET data = randomblob(length(data)) WHERE id = (SELECT max(id) FROM notes)",
            _ => $"INSERT INTO notes (data) VALUES (randomblob({_random.Next(3000)}))",
        };

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_path};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = 20; PRAGMA wal_autocheckpoint = 0");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
