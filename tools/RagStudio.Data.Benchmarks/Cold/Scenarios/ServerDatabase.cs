using Npgsql;
using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Benchmarks;

/// <summary>The database that a program finds on the server.</summary>
internal sealed class ServerDatabase(TestDatabase database)
{
    private const string Columns = """
        SELECT coalesce(string_agg(concat_ws('|', table_name, column_name, data_type, is_nullable), ' ' ORDER BY table_name, column_name), '')
        FROM information_schema.columns WHERE table_name LIKE 'items!_%' ESCAPE '!'
        """;

    public string ConnectionString => database.ConnectionString;

    /// <summary>Creates it anew.</summary>
    public async Task RecreateAsync()
    {
        await database.Server.ExecuteAsync($"DROP DATABASE {database.Name} WITH (FORCE)");
        await database.Server.ExecuteAsync($"CREATE DATABASE {database.Name} OWNER {database.Owner.Name}");
    }

    public string ReadSchema()
    {
        using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(Columns, connection);
        return (string)command.ExecuteScalar()!;
    }
}
