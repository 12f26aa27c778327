using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// The minimum for a start with nothing pending: compares the history with the migrations in the assembly.
/// </summary>
internal static class PlainHistoryChild
{
    public static Task RunAsync(string folder)
    {
        ExpectSame(Path.Combine(folder, "app_meta.db"), typeof(AppMetaContext));
        ExpectSame(Path.Combine(folder, "events.db"), typeof(EventsContext));
        return Task.CompletedTask;
    }

    private static void ExpectSame(string file, Type context)
    {
        var known = context
            .Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context)
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>();
        if (!Applied(file).SetEquals(known))
        {
            throw new InvalidOperationException($"{file} is not up to date.");
        }
    }

    private static HashSet<string> Applied(string file)
    {
        var applied = new HashSet<string>();
        using var connection = new SqliteConnection(ChildDatabases.ConnectionString(file));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            applied.Add(rows.GetString(0));
        }
        return applied;
    }
}
