using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>One INSERT that is compiled once and run for row after row inside the context's current transaction.</summary>
/// <remarks>For bulk work: change tracking costs several times as much as the insert itself.</remarks>
internal sealed class PreparedInsert : IDisposable
{
    private readonly DbCommand _command;

    /// <summary>Prepares the statement; table and columns are constants of the caller, never input.</summary>
    public PreparedInsert(DbContext context, string table, params IReadOnlyList<string> columns)
    {
        _command = context.Database.GetDbConnection().CreateCommand();
        _command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        _command.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(NameOf))})";
        foreach (var column in columns)
        {
            AddParameter(NameOf(column));
        }
    }

    /// <summary>Inserts one row; the values are in the order of the columns.</summary>
    public Task ExecuteAsync(ReadOnlySpan<object?> values, CancellationToken cancellationToken)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return _command.ExecuteNonQueryAsync(cancellationToken);
    }

    public void Dispose() => _command.Dispose();

    private static string NameOf(string column) => $"@{column}";

    private void AddParameter(string name)
    {
        var parameter = _command.CreateParameter();
        parameter.ParameterName = name;
        _command.Parameters.Add(parameter);
    }
}
