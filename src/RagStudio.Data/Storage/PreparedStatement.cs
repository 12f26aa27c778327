using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>A statement that is compiled once and run repeatedly within the context's current transaction.</summary>
/// <remarks>
/// For bulk work and the shortest writes: change tracking and LINQ cost several times as much as such a
/// statement. EF's compiled queries are not an alternative, because they work only with the first model that
/// they are used with in a process.
/// </remarks>
internal sealed class PreparedStatement : IDisposable
{
    private readonly DbCommand _command;

    /// <summary>Prepares a statement. Its text is a constant, never input.</summary>
    public PreparedStatement(DbContext context, string sql, IEnumerable<string> parameters)
    {
        _command = context.Database.GetDbConnection().CreateCommand();
        _command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        _command.CommandText = sql;
        foreach (var name in parameters)
        {
            AddParameter(name);
        }
    }

    /// <summary>Prepares the insertion of a row; its parameters are the columns, in order.</summary>
    public static PreparedStatement Insert(DbContext context, string table, params IReadOnlyList<string> columns)
    {
        var parameters = columns.Select(column => $"@{column}").ToList();
        var sql = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", parameters)})";
        return new(context, sql, parameters);
    }

    /// <summary>Runs the statement with values in the order of its parameters.</summary>
    public Task ExecuteAsync(ReadOnlySpan<object?> values, CancellationToken cancellationToken)
    {
        Bind(values);
        return _command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Runs the statement with values in the order of its parameters, and returns the first column of the
    /// first row; null for NULL or no row.
    /// </summary>
    public async Task<long?> ReadNumberAsync(object?[] values, CancellationToken cancellationToken)
    {
        Bind(values);
        return await _command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long?;
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private void AddParameter(string name)
    {
        var parameter = _command.CreateParameter();
        parameter.ParameterName = name;
        _command.Parameters.Add(parameter);
    }
}
