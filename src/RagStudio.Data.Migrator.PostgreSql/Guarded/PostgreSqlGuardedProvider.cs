using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using RagStudio.Data.Migrator.PostgreSql.Contexts;
using RagStudio.Data.Migrator.PostgreSql.Storage;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Guarded;

/// <summary>Finds the database of a context that EF was asked to migrate.</summary>
internal sealed class PostgreSqlGuardedProvider : IGuardedProvider
{
    public static PostgreSqlGuardedProvider Instance { get; } = new();

    public void Validate(IDbContextOptionsExtension provider)
    {
        if (provider.GetType().Assembly != typeof(NpgsqlDbContextOptionsBuilder).Assembly)
        {
            throw new InvalidOperationException(
                $"UseGuardedMigrations protects PostgreSQL databases, and this context uses {provider.GetType().Assembly.GetName().Name}. Call it only together with UseNpgsql."
            );
        }
    }

    /// <exception cref="InvalidOperationException">The context does not tell its connection string.</exception>
    public IMigrationDatabase? Find(DbContext context, string? name, IServiceProvider? application, bool isAsync)
    {
        var connectionString =
            RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>()).ConnectionString
            ?? throw new InvalidOperationException(
                $"Guarded migrations need the connection string of {context.GetType().Name}, because a run opens separate sessions. Nothing was changed. Call UseNpgsql with a connection string instead of a connection or a data source."
            );
        var storage = new PostgreSqlStorage(connectionString);
        return new PostgreSqlMigrationDatabase(
            name ?? NameInApplication(application, context, storage) ?? DatabaseName.DefaultFor(context.GetType()),
            storage,
            new CallersContext(context, isAsync),
            // As EF does it.
            new PostgreSqlDatabaseOptions { CreateDatabase = true }
        );
    }

    private static string? NameInApplication(
        IServiceProvider? application,
        DbContext context,
        PostgreSqlStorage storage
    ) =>
        application
            ?.GetServices<IMigrationDatabase>()
            .OfType<PostgreSqlMigrationDatabase>()
            .FirstOrDefault(known => known.ContextType == context.GetType() && known.Storage.Equals(storage))
            ?.Name;
}
