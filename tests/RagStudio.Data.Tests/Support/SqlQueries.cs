using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

/// <summary>Plain SQL on the connection of a context, bypassing EF.</summary>
internal static class SqlQueries
{
    public static void Execute(this DbContext context, string sql, params object?[] values) =>
        context.Read(sql, _ => 0, values);

    public static List<T> Read<T>(
        this DbContext context,
        string sql,
        Func<DbDataReader, T> map,
        params object?[] values
    )
    {
        context.Database.OpenConnection();
        try
        {
            using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            AddParameters(command, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(map(reader));
            }

            return rows;
        }
        finally
        {
            context.Database.CloseConnection();
        }
    }

    public static T Scalar<T>(this DbContext context, string sql, params object?[] values) =>
        context.Read(sql, reader => reader.GetFieldValue<T>(0), values).Single();

    public static List<string> Texts(this DbContext context, string sql, params object?[] values) =>
        context.Read(sql, reader => reader.GetString(0), values);

    private static void AddParameters(DbCommand command, object?[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{index}";
            parameter.Value = values[index] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }
}
