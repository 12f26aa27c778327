using Npgsql;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>A role that may log in and nothing else.</summary>
public sealed record TestRole(string Name, string Password)
{
    internal static async Task<TestRole> CreateAsync(NpgsqlConnection connection)
    {
        var role = new TestRole($"r_{TestDatabase.NewName()}", PostgresServer.NewPassword());
        await Sql.ExecuteAsync(connection, $"CREATE ROLE {role.Name} LOGIN PASSWORD '{role.Password}'");
        return role;
    }
}
