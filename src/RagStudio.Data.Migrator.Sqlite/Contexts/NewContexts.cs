using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;

namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>Creates a context whenever one is needed, with options for its own migrations.</summary>
internal sealed class NewContexts<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
    SqliteDatabaseOptions options,
    IServiceProvider services
) : ISqliteContexts
    where TContext : DbContext
{
    public Type ContextType => typeof(TContext);

    public Assembly MigrationsAssembly { get; } = options.MigrationsAssembly ?? typeof(TContext).Assembly;

    public string HistoryTable { get; } = options.MigrationsHistoryTable;

    public bool MayChangeHistory =>
        ContextOptionsInspector.ConfiguresItself(ContextType)
        || options.CreateContext is not null
        || (
            options.ConfigureContext is not null
            && ContextOptionsInspector.MayChangeHistory(OptionsFor(null), HistoryTable)
        );

    public bool AlwaysUseContext =>
        ContextOptionsInspector.ConfiguresItself(ContextType)
        || (options.ConfigureContext is not null && ContextOptionsInspector.ParticipatesInRun(OptionsFor(null)));

    public ConnectedContext Connect(SqliteConnection connection)
    {
        var given = OptionsFor(connection);
        var context =
            options.CreateContext?.Invoke(given) ?? ActivatorUtilities.CreateInstance<TContext>(services, given);
        // Whatever its own configuration says.
        context.Database.SetDbConnection(connection);
        return new ConnectedContext(context, new ConnectionEvents(context, isAsync: true), context.Dispose);
    }

    private DbContextOptions<TContext> OptionsFor(SqliteConnection? connection)
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        void Configure(SqliteDbContextOptionsBuilder sqlite) =>
            sqlite.MigrationsHistoryTable(HistoryTable).MigrationsAssembly(MigrationsAssembly);
        _ = connection is null ? builder.UseSqlite(Configure) : builder.UseSqlite(connection, Configure);
        options.ConfigureContext?.Invoke(builder);
        builder.ReplaceService<IRelationalDatabaseCreator, OpenDatabaseCreator>();
        return builder.Options;
    }
}
