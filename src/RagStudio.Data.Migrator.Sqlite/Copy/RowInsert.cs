using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Copy;

/// <summary>
/// Inserts rows into a table. If it has triggers, many rows are one statement, from a temporary table: FTS5 writes all that
/// it has in memory to its index at the begin of each statement that can be undone by itself, as one with triggers can.
/// </summary>
internal sealed class RowInsert : IDisposable
{
    private const int RowsOfStatement = 5000;
    private const string Staging = "temp.\"__migrator_rows\"";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;
    private readonly string? _move;
    private int _staged;

    public RowInsert(SqliteConnection connection, SqliteTransaction? transaction, BulkTable table)
    {
        _connection = connection;
        var names = string.Join(", ", table.Columns.Select(column => SqliteText.Quote(column.Name)));
        var target = $"main.{SqliteText.Quote(table.Table.Name)} ({names})";
        if (HasTriggers(table.Table.Name))
        {
            // Without types, it keeps each value as it is.
            connection.Execute($"CREATE TEMP TABLE \"__migrator_rows\" ({names})");
            _move = $"INSERT INTO {target} SELECT {names} FROM {Staging}; DELETE FROM {Staging}";
        }
        _command = connection.CreateCommand();
        _command.Transaction = transaction;
        var parameters = table.Columns.Select((_, index) => $"@p{index}").ToArray();
        _command.CommandText =
            $"INSERT INTO {(_move is null ? target : Staging)} VALUES ({string.Join(", ", parameters)})";
        foreach (var (column, name) in table.Columns.Zip(parameters))
        {
            _command.Parameters.Add(column.Mapping.CreateParameter(_command, name, value: null, nullable: true));
        }
    }

    public void Add(object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            _command.Parameters[i].Value = row[i] ?? DBNull.Value;
        }
        _command.ExecuteNonQuery();
        if (++_staged % RowsOfStatement == 0)
        {
            Move();
        }
    }

    /// <summary>Inserts the last rows.</summary>
    public void Complete()
    {
        Move();
        if (_move is not null)
        {
            _connection.Execute($"DROP TABLE {Staging}");
        }
    }

    /// <summary>A failure rolls back the transaction, and the temporary table with it.</summary>
    public void Dispose() => _command.Dispose();

    private void Move()
    {
        if (_move is not null)
        {
            _connection.Execute(_move);
        }
    }

    private bool HasTriggers(string table) =>
        _connection.Handle!.Any(
            "SELECT 1 FROM sqlite_schema WHERE \"type\" = 'trigger' AND \"tbl_name\" = ? COLLATE NOCASE",
            table
        );
}
