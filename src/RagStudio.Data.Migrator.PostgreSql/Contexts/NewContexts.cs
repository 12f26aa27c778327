using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>Creates a context whenever one is needed, with options for its own migrations.</summary>
internal sealed class NewContexts<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
    PostgreSqlDatabaseOptions options,
    IServiceProvider services
) : IPostgreSqlContexts
    where TContext : DbContext
{
    public Type ContextType => typeof(TContext);

    public Assembly MigrationsAssembly { get; } = options.MigrationsAssembly ?? typeof(TContext).Assembly;

    public EFHistory History { get; } = new(options.MigrationsHistorySchema, options.MigrationsHistoryTable);

    public bool MayChangeHistory =>
        ContextOptionsInspector.ConfiguresItself(ContextType)
        || options.CreateContext is not null
        || (
            options.ConfigureContext is not null && ContextOptionsInspector.MayChangeHistory(OptionsFor(null), History)
        );

    public bool AlwaysUseContext =>
        ContextOptionsInspector.ConfiguresItself(ContextType)
        || (options.ConfigureContext is not null && ContextOptionsInspector.ParticipatesInRun(OptionsFor(null)));

    public void Configure(NpgsqlDataSourceBuilder connections)
    {
        if (!AlwaysUseContext && options.ConfigureContext is null && options.CreateContext is null)
        {
            return;
        }

        using var connected = Connect(null);
        ContextConnections.Configure(connected.Context, connections);
    }

    public ConnectedContext Connect(NpgsqlConnection? connection)
    {
        var given = OptionsFor(connection);
        var context = options.CreateContext is { } create
            ? create(given)
            : ActivatorUtilities.CreateInstance<TContext>(services, given);
        if (connection is not null)
        {
            // Whatever the context's own configuration says.
            context.Database.SetDbConnection(connection);
        }
        return new ConnectedContext(context, new ConnectionEvents(context, isAsync: true), context.Dispose);
    }

    private DbContextOptions<TContext> OptionsFor(NpgsqlConnection? connection)
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        void Configure(NpgsqlDbContextOptionsBuilder npgsql) =>
            npgsql.MigrationsHistoryTable(History.Table, History.Schema).MigrationsAssembly(MigrationsAssembly);
        _ = connection is null ? builder.UseNpgsql(Configure) : builder.UseNpgsql(connection, Configure);
        options.ConfigureContext?.Invoke(builder);
        return builder.Options;
    }
}
