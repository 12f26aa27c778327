using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>The database of a context that the application has registered. Reading it builds no EF model.</summary>
/// <param name="ConnectionString">The connection string of a file.</param>
/// <param name="Options">The application's SQLite options.</param>
internal sealed record RegisteredContext<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
    string ConnectionString,
    RelationalOptionsExtension Options
)
    where TContext : DbContext
{
    /// <exception cref="InvalidOperationException">
    /// The context is not registered, or its database is not an SQLite file.
    /// </exception>
    public static RegisteredContext<TContext> Read(IServiceProvider services, string name)
    {
        using var scope = services.CreateScope();
        var registered = scope.ServiceProvider.GetService<TContext>();
        // The scope disposes the context that it has created.
        using var made = registered is null
            ? scope.ServiceProvider.GetService<IDbContextFactory<TContext>>()?.CreateDbContext()
            : null;
        var context = registered ?? made ?? throw Unusable(name, "and it is not registered");
        if (!context.Database.IsSqlite())
        {
            throw Unusable(name, $"which uses {context.Database.ProviderName}");
        }
        var options = RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>());
        var connectionString = context.Database.GetConnectionString();
        return GuardedFile.IsIn(connectionString)
            ? new RegisteredContext<TContext>(connectionString, options)
            : throw Unusable(name, "which names no file that can be migrated: it is in memory, temporary or read-only");
    }

    public void Describe(SqliteDatabaseOptions options)
    {
        options.MigrationsHistoryTable = Options.MigrationsHistoryTableName ?? options.MigrationsHistoryTable;
        options.MigrationsAssembly =
            Options.MigrationsAssemblyObject
            ?? (Options.MigrationsAssembly is { } named ? Assembly.Load(new AssemblyName(named)) : null);
    }

    private static InvalidOperationException Unusable(string name, string reason) =>
        new(
            $"The database '{name}' takes its connection from the registered {typeof(TContext).Name}, {reason}. Register it by AddDbContext with "
                + $"UseSqlite and a file, or give the connection: AddSqliteDatabase<{typeof(TContext).Name}>(\"{name}\", \"Data Source=FILE\")."
        );
}
