using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Benchmarks;

/// <summary>EF Core alone migrates a database with a generated context.</summary>
internal static class EFGeneratedChild
{
    public static async Task RunAsync(string connectionString, string assembly)
    {
        await using var context = Create(connectionString, assembly);
        await context.Database.MigrateAsync();
    }

    public static DbContext Create(string connectionString, string assembly)
    {
        var type = ChildDatabases.Load(assembly).GetType("Generated.EFAlone", throwOnError: true)!;
        return ((IGeneratedContext)Activator.CreateInstance(type)!).Create(connectionString);
    }
}
