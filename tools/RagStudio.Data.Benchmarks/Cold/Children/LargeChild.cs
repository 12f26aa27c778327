using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>Migrates a large database by EF Core alone or by the migrator with its defaults, or reverts that.</summary>
internal static class LargeChild
{
    public static Task RunAsync(string work, string context, string file) =>
        context switch
        {
            nameof(LargeWithColumn) => RunAsync<LargeWithColumn>(work, file, options => new(options)),
            nameof(LargeWithUpdate) => RunAsync<LargeWithUpdate>(work, file, options => new(options)),
            nameof(LargeWithRebuild) => RunAsync<LargeWithRebuild>(work, file, options => new(options)),
            _ => throw new ArgumentException($"There is no context {context}.", nameof(context)),
        };

    private static async Task RunAsync<TContext>(
        string work,
        string file,
        Func<DbContextOptions<TContext>, TContext> create
    )
        where TContext : DbContext
    {
        var connection = ChildDatabases.ConnectionString(file);
        if (work == Programs.EF)
        {
            var options = new DbContextOptionsBuilder<TContext>().UseSqlite(connection).Options;
            await using var context = create(options);
            await context.Database.MigrateAsync();
            return;
        }
        var manager = MigratorFactory.Create(
            migrator => migrator.AddSqliteDatabase<TContext>("large", connection),
            new MigrationOptions { AllowDestructive = true }
        );
        Task run = work == Programs.Ours ? manager.MigrateAsync() : manager.RollbackToVersionAsync(CreateLarge.Version);
        await run;
    }
}
