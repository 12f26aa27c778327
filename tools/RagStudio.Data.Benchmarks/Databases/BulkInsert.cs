using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>Writes rows in one transaction, without waiting for the disk.</summary>
internal sealed class BulkInsert : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _command;

    public BulkInsert(SqliteConnection connection, string table, params string[] columns)
    {
        _connection = connection;
        Execute("PRAGMA synchronous = OFF");
        Execute("PRAGMA cache_size = -200000");
        _transaction = connection.BeginTransaction();
        _command = connection.CreateCommand();
        _command.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "$" + c))})";
        foreach (var column in columns)
        {
            _command.Parameters.AddWithValue("$" + column, DBNull.Value);
        }
    }

    public void Add(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        _command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _command.Dispose();
        _transaction.Commit();
        _transaction.Dispose();
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
