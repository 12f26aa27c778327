using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>A prepared statement in plain ADO.NET.</summary>
internal sealed class PlainStatement : IDisposable
{
    private readonly SqliteCommand _command;

    public PlainStatement(SqliteConnection connection, string sql, params IReadOnlyList<string> parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var name in parameters)
        {
            _command.Parameters.AddWithValue("$" + name, DBNull.Value);
        }
        _command.Prepare();
    }

    public static PlainStatement Insert(
        SqliteConnection connection,
        string table,
        params IReadOnlyList<string> columns
    ) =>
        new(
            connection,
            $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "$" + c))})",
            columns
        );

    public void Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        _command.ExecuteNonQuery();
    }

    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
