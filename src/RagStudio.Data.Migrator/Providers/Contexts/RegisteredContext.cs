using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>The database of a context that the application has registered.</summary>
/// <param name="ConnectionString">The connection string.</param>
/// <param name="Options">The application's options of the EF provider.</param>
public sealed record RegisteredContext(string ConnectionString, RelationalOptionsExtension Options)
{
    /// <summary>Reads the registered context. Builds no EF model.</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The database's name in the set.</param>
    /// <param name="provider">The provider that the context must use.</param>
    /// <returns>Its database.</returns>
    /// <exception cref="InvalidOperationException">
    /// The context is not registered, uses another provider, or its database cannot be migrated.
    /// </exception>
    public static RegisteredContext Read<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        IServiceProvider services,
        string name,
        IContextProvider provider
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(provider);
        using var scope = services.CreateScope();
        var registered = scope.ServiceProvider.GetService<TContext>();
        // The scope disposes the context that it has created.
        using var made = registered is null
            ? scope.ServiceProvider.GetService<IDbContextFactory<TContext>>()?.CreateDbContext()
            : null;
        var context = registered ?? made ?? throw Unusable("and it is not registered");
        var options = context.GetService<IDbContextOptions>();
        if (!options.Extensions.Any(provider.Supports))
        {
            throw Unusable($"which uses {context.Database.ProviderName}");
        }
        return provider.FindConnectionString(context) is { } connectionString
            ? new RegisteredContext(connectionString, RelationalOptionsExtension.Extract(options))
            : throw Unusable(provider.Terms.WhyNone);

        InvalidOperationException Unusable(string reason) =>
            new(
                $"The database '{name}' takes its connection from the registered {typeof(TContext).Name}, {reason}. Register it by AddDbContext with "
                    + $"{provider.Terms.Registration}, or give the connection: {provider.Terms.Method}<{typeof(TContext).Name}>(\"{name}\", \"{provider.Terms.Example}\")."
            );
    }

    /// <summary>Sets the history table and the assembly of migrations as the application registered them.</summary>
    /// <param name="options">The options to set.</param>
    public void Describe(MigrationContextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.MigrationsHistoryTable = Options.MigrationsHistoryTableName ?? options.MigrationsHistoryTable;
        options.MigrationsAssembly =
            Options.MigrationsAssemblyObject
            ?? (Options.MigrationsAssembly is { } named ? Assembly.Load(new AssemblyName(named)) : null);
    }
}
