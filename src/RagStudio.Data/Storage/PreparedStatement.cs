using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RagStudio.Data;

/// <summary>A statement that is compiled once and run repeatedly within the context's current transaction.</summary>
/// <remarks>
/// For bulk work and the shortest writes: change tracking and LINQ cost several times as much as such a
/// statement. EF's compiled queries are not an alternative, because they work only with the first model that
/// they are used with in a process.
/// </remarks>
internal sealed class PreparedStatement : IDisposable
{
    private readonly DbContext _context;
    private readonly DbCommand _command;
    private readonly List<ValueConverter?> _converters = [];

    /// <summary>Prepares a statement. Its text is a constant, never input.</summary>
    public PreparedStatement(DbContext context, string sql, IEnumerable<string> parameters)
    {
        _context = context;
        _command = context.Database.GetDbConnection().CreateCommand();
        _command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        _command.CommandText = sql;
        foreach (var name in parameters)
        {
            AddParameter(name);
        }
    }

    private PreparedStatement(
        DbContext context,
        string sql,
        IEnumerable<(string Name, RelationalTypeMapping Mapping)> parameters
    )
        : this(context, sql, Array.Empty<string>())
    {
        foreach (var (name, mapping) in parameters)
        {
            _command.Parameters.Add(mapping.CreateParameter(_command, name, value: null, nullable: true));
            _converters.Add(mapping.Converter);
        }
    }

    /// <summary>
    /// Prepares the insertion of a row; its parameters are the columns, in order. Values are those of the model, or what
    /// is stored for them.
    /// </summary>
    public static PreparedStatement Insert(DbContext context, string table, params IReadOnlyList<string> columns)
    {
        var mappings = context.ColumnsOf(table);
        var parameters = columns.Select(column => (Name: $"@{column}", mappings[column])).ToList();
        var names = parameters.Select(parameter => parameter.Name);
        var sql =
            $"INSERT INTO {context.Table(table)} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", names)})";
        return new(context, sql, parameters);
    }

    /// <summary>Runs the statement with values in the order of its parameters.</summary>
    public Task ExecuteAsync(ReadOnlySpan<object?> values, CancellationToken cancellationToken)
    {
        Bind(values);
        return _context.TypeErrorsAsync(() => _command.ExecuteNonQueryAsync(cancellationToken));
    }

    /// <summary>
    /// Runs the statement with values in the order of its parameters, and returns the first column of the
    /// first row; null for NULL or no row.
    /// </summary>
    public async Task<long?> ReadNumberAsync(object?[] values, CancellationToken cancellationToken)
    {
        Bind(values);
        return await _context
            .TypeErrorsAsync(async () =>
                await _command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long?
            )
            .ConfigureAwait(false);
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = ToStored(i, values[i]) ?? DBNull.Value;
        }
    }

    private object? ToStored(int parameter, object? value) =>
        _converters.ElementAtOrDefault(parameter) is { } converter && converter.ModelClrType.IsInstanceOfType(value)
            ? converter.ConvertToProvider(value)
            : value;

    private void AddParameter(string name)
    {
        var parameter = _command.CreateParameter();
        parameter.ParameterName = name;
        _command.Parameters.Add(parameter);
    }
}
