using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Contexts;
using RagStudio.Data.Migrator.Sqlite.Storage;

namespace RagStudio.Data.Migrator.Sqlite.Guarded;

/// <summary>Finds the file of a context that EF was asked to migrate.</summary>
internal sealed class SqliteGuardedProvider : IGuardedProvider
{
    public static SqliteGuardedProvider Instance { get; } = new();

    public void Validate(IDbContextOptionsExtension provider)
    {
        if (provider.GetType().Assembly != typeof(SqliteDbContextOptionsBuilder).Assembly)
        {
            throw new InvalidOperationException(
                $"UseGuardedMigrations protects SQLite databases, and this context uses {provider.GetType().Assembly.GetName().Name}. Call it only together with UseSqlite."
            );
        }
    }

    /// <exception cref="InvalidOperationException">The file is named in a way that hides which one it is.</exception>
    public IMigrationDatabase? Find(DbContext context, string? name, IServiceProvider? application, bool isAsync)
    {
        var connectionString = context.Database.GetConnectionString();
        if (!GuardedFile.IsIn(connectionString))
        {
            return null;
        }
        var storage = new SqliteStorage(connectionString);
        return new SqliteMigrationDatabase(
            name ?? NameInApplication(application, context, storage) ?? DatabaseName.DefaultFor(context.GetType()),
            storage,
            new CallersContext(context, isAsync)
        );
    }

    private static string? NameInApplication(IServiceProvider? application, DbContext context, SqliteStorage storage) =>
        application
            ?.GetServices<IMigrationDatabase>()
            .OfType<SqliteMigrationDatabase>()
            .FirstOrDefault(known => known.ContextType == context.GetType() && known.Storage.Equals(storage))
            ?.Name;
}
