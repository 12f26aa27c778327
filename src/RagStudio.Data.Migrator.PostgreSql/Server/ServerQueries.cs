using Npgsql;
using NpgsqlTypes;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// Runs SQL on a connection, in its open transaction if there is one. Parameters are $1, $2 and so on; an array is one
/// of them, which a parameter list of another type would take for all.
/// </summary>
internal static class ServerQueries
{
    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken,
        params List<object?> values
    )
    {
        var command = Create(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAllAsync(read, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public static async Task<T?> ScalarAsync<T>(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params List<object?> values
    )
    {
        var command = Create(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is T value
                ? value
                : default;
        }
    }

    public static Task ExecuteAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params List<object?> values
    ) => connection.ChangeAsync(sql, cancellationToken, values);

    /// <returns>The number of rows that it wrote.</returns>
    public static async Task<int> ChangeAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params List<object?> values
    )
    {
        var command = Create(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>For work that stands in for a command of a migration, and is done at once.</summary>
    public static List<T> Query<T>(
        this NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        params List<object?> values
    )
    {
        using var command = Create(connection, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    /// <inheritdoc cref="Query"/>
    public static void Execute(this NpgsqlConnection connection, string sql)
    {
        using var command = Create(connection, sql, []);
        command.ExecuteNonQuery();
    }

    public static async Task<List<T>> ReadAllAsync<T>(
        this NpgsqlDataReader reader,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    public static string? Text(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>
    /// Writes an array as text, for a query that casts it. The driver compiles hundreds of methods for its first array,
    /// which a start with nothing pending spares.
    /// </summary>
    public static string ArrayText(IEnumerable<string> values) => "{" + string.Join(',', values.Select(Quoted)) + "}";

    private static string Quoted(string value) =>
        '"'
        + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        + '"';

    public static NpgsqlParameter Parameter(object? value) =>
        value switch
        {
            null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            string[] texts => new NpgsqlParameter<string[]>
            {
                TypedValue = texts,
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            },
            _ => new NpgsqlParameter { Value = value },
        };

    private static NpgsqlCommand Create(NpgsqlConnection connection, string sql, List<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }
        return command;
    }
}
