using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// The minimum for a start with nothing pending on a server: compares the history with the migrations in the assembly.
/// </summary>
internal static class HistoryServerChild
{
    public static async Task RunAsync(string connectionString, string assembly)
    {
        var known = ChildDatabases
            .Load(assembly)
            .GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>();
        if (!(await AppliedAsync(connectionString)).SetEquals(known))
        {
            throw new InvalidOperationException("The database is not up to date.");
        }
    }

    private static async Task<HashSet<string>> AppliedAsync(string connectionString)
    {
        var applied = new HashSet<string>();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "MigrationId" FROM "__EFMigrationsHistory" """;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            applied.Add(rows.GetString(0));
        }
        return applied;
    }
}
