using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>The database of a context that the application has registered. Reading it builds no EF model.</summary>
/// <param name="ConnectionString">The connection string.</param>
/// <param name="Options">The application's relational options.</param>
internal sealed record RegisteredContext<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
    string ConnectionString,
    RelationalOptionsExtension Options
)
    where TContext : DbContext
{
    /// <exception cref="InvalidOperationException">The context is not registered, or does not tell its connection string.</exception>
    public static RegisteredContext<TContext> Read(IServiceProvider services, string name)
    {
        using var scope = services.CreateScope();
        var registered = scope.ServiceProvider.GetService<TContext>();
        // The scope disposes the context that it has created.
        using var made = registered is null
            ? scope.ServiceProvider.GetService<IDbContextFactory<TContext>>()?.CreateDbContext()
            : null;
        var context = registered ?? made ?? throw Unusable(name, "and it is not registered");
        if (!context.Database.IsNpgsql())
        {
            throw Unusable(name, $"which uses {context.Database.ProviderName}");
        }
        var options = RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>());
        return options.ConnectionString is { } connectionString
            ? new RegisteredContext<TContext>(connectionString, options)
            : throw Unusable(name, "which has no connection string: it was given a connection or a data source");
    }

    public void Describe(PostgreSqlDatabaseOptions options)
    {
        options.MigrationsHistoryTable = Options.MigrationsHistoryTableName ?? options.MigrationsHistoryTable;
        options.MigrationsHistorySchema = Options.MigrationsHistoryTableSchema ?? options.MigrationsHistorySchema;
        options.MigrationsAssembly =
            Options.MigrationsAssemblyObject
            ?? (Options.MigrationsAssembly is { } named ? Assembly.Load(new AssemblyName(named)) : null);
    }

    private static InvalidOperationException Unusable(string name, string reason) =>
        new(
            $"The database '{name}' takes its connection from the registered {typeof(TContext).Name}, {reason}. Register it by AddDbContext with "
                + $"UseNpgsql and a connection string, or give that: AddPostgreSqlDatabase<{typeof(TContext).Name}>(\"{name}\", \"Host=SERVER;Database=NAME\")."
        );
}
