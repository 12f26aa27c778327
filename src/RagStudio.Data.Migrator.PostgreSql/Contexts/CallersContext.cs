using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>
/// Lends out the caller's context: no other could be created with the same configuration. Its own connection
/// is closed meanwhile and returned to it at the end.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="isAsync">True to call the interceptors' asynchronous methods, as EF would.</param>
internal sealed class CallersContext(DbContext context, bool isAsync) : IPostgreSqlContexts
{
    private readonly IDbContextOptions _options = context.GetService<IDbContextOptions>();

    public Type ContextType { get; } = context.GetType();

    public Assembly MigrationsAssembly { get; } = context.GetService<IMigrationsAssembly>().Assembly;

    public EFHistory History => Configured(RelationalOptionsExtension.Extract(_options));

    public bool MayChangeHistory => ContextOptionsInspector.MayChangeHistory(_options, History);

    /// <summary>It already exists, and its configuration may expect to observe every step.</summary>
    public bool AlwaysUseContext => true;

    public void Configure(NpgsqlDataSourceBuilder connections) => ContextConnections.Configure(context, connections);

    public ConnectedContext Connect(NpgsqlConnection? connection)
    {
        var events = new ConnectionEvents(context, isAsync);
        if (connection is null)
        {
            return new ConnectedContext(context, events, () => { });
        }
        var own = context.Database.GetDbConnection();
        context.Database.SetDbConnection(connection, contextOwnsConnection: false);
        return new ConnectedContext(
            context,
            events,
            () => context.Database.SetDbConnection(own, contextOwnsConnection: false)
        );
    }

    private static EFHistory Configured(RelationalOptionsExtension relational) =>
        new(
            relational.MigrationsHistoryTableSchema,
            relational.MigrationsHistoryTableName ?? HistoryRepository.DefaultTableName
        );
}
