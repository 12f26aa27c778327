using Npgsql;
using NpgsqlTypes;

namespace RagStudio.Data.Benchmarks;

/// <summary>A prepared statement of the driver, with positional parameters.</summary>
internal static class PlainServerStatement
{
    public static async Task<NpgsqlCommand> PrepareAsync(
        this NpgsqlConnection connection,
        string sql,
        params IEnumerable<NpgsqlDbType> parameters
    )
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var type in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }
        await command.PrepareAsync();
        return command;
    }

    public static NpgsqlCommand Bind(this NpgsqlCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        return command;
    }
}
