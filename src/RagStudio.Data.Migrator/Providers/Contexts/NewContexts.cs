using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>Creates a context whenever one is needed, with options for its own migrations.</summary>
/// <typeparam name="TContext">The context.</typeparam>
/// <param name="provider">The provider that it uses.</param>
/// <param name="options">The application's options for it.</param>
/// <param name="services">The application's services, which supply its other constructor arguments.</param>
public sealed class NewContexts<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
    IContextProvider provider,
    MigrationContextOptions options,
    IServiceProvider services
) : IContextSource
    where TContext : DbContext
{
    /// <inheritdoc/>
    public Type ContextType => typeof(TContext);

    /// <inheritdoc/>
    public Assembly MigrationsAssembly { get; } = options.MigrationsAssembly ?? typeof(TContext).Assembly;

    /// <inheritdoc/>
    public string HistoryTable { get; } = options.MigrationsHistoryTable;

    /// <inheritdoc/>
    public string? HistorySchema { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> DerivedTables => options.DerivedTables;

    /// <inheritdoc/>
    public bool MayChangeHistory =>
        ConfiguresItself
        || options.CreateContext is not null
        || (options.ConfigureContext is not null && Inspector.MayChangeHistory(this));

    /// <inheritdoc/>
    public bool AlwaysUseContext =>
        ConfiguresItself || (options.ConfigureContext is not null && Inspector.ParticipatesInRun);

    /// <inheritdoc/>
    public bool MayHaveOptions =>
        ConfiguresItself || options.ConfigureContext is not null || options.CreateContext is not null;

    /// <inheritdoc/>
    public ConnectedContext Connect(DbConnection? connection)
    {
        var given = OptionsFor(connection);
        var context =
            options.CreateContext?.Invoke(given) ?? ActivatorUtilities.CreateInstance<TContext>(services, given);
        if (connection is not null)
        {
            // Whatever its own configuration says.
            context.Database.SetDbConnection(connection);
        }
        return new ConnectedContext(context, new ConnectionEvents(context, isAsync: true), context.Dispose);
    }

    private static bool ConfiguresItself => ContextOptionsInspector.ConfiguresItself(typeof(TContext));

    private ContextOptionsInspector Inspector => new(provider, OptionsFor(null));

    private DbContextOptions<TContext> OptionsFor(DbConnection? connection)
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        provider.Use(builder, connection, this);
        options.ConfigureContext?.Invoke(builder);
        provider.ReplaceServices(builder);
        return builder.Options;
    }
}
