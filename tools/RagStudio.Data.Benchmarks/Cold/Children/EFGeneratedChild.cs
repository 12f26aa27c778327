using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Benchmarks;

/// <summary>EF Core alone migrates a database with a generated context.</summary>
internal static class EFGeneratedChild
{
    private const int Rows = 5_000;

    public static async Task RunAsync(string connectionString, string assembly)
    {
        await using var context = Create(connectionString, assembly);
        await context.Database.MigrateAsync();
    }

    /// <summary>Applies the first migrations, and adds rows.</summary>
    public static async Task RunUpToAsync(string connectionString, string assembly, int migrations)
    {
        await using var context = Create(connectionString, assembly);
        var target = context.Database.GetMigrations().ElementAt(migrations - 1);
        await context.GetService<IMigrator>().MigrateAsync(target);
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        GeneratedRows.Insert(connection, Rows);
    }

    public static DbContext Create(string connectionString, string assembly)
    {
        var type = ChildDatabases.Load(assembly).GetType("Generated.EFAlone", throwOnError: true)!;
        return ((IGeneratedContext)Activator.CreateInstance(type)!).Create(connectionString);
    }
}
