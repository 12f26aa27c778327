using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Sqlite.Databases;

namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>
/// Lends out the one context that somebody has asked to migrate: no other could be created as that somebody has configured it. Its own
/// connection is closed meanwhile, and it has it again when it is let go.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="isAsync">True if interceptors are told by their asynchronous methods, as EF would do it.</param>
internal sealed class CallersContext(DbContext context, bool isAsync) : ISqliteContexts
{
    public Type ContextType { get; } = context.GetType();

    public Assembly MigrationsAssembly { get; } = context.GetService<IMigrationsAssembly>().Assembly;

    public string HistoryTable { get; } =
        RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>()).MigrationsHistoryTableName
        ?? HistoryRepository.DefaultTableName;

    public bool MayChangeHistory =>
        ContextOptionsInspector.MayChangeHistory(context.GetService<IDbContextOptions>(), HistoryTable);

    /// <summary>It is there already, and whoever has configured it may expect to see what is done.</summary>
    public bool AlwaysUseContext => true;

    public ConnectedContext Connect(SqliteConnection connection)
    {
        var own = context.Database.GetDbConnection();
        context.Database.SetDbConnection(connection, contextOwnsConnection: false);
        return new ConnectedContext(
            context,
            new ConnectionEvents(context, isAsync),
            () => context.Database.SetDbConnection(own, contextOwnsConnection: false)
        );
    }
}
