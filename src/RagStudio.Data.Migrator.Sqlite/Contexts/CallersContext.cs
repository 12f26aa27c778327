using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;

namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>
/// Lends out the caller's context: no other could be created with the same configuration. Its own connection
/// is closed meanwhile and returned to it at the end.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="isAsync">True to call the interceptors' asynchronous methods, as EF would.</param>
internal sealed class CallersContext(DbContext context, bool isAsync) : ISqliteContexts
{
    public Type ContextType { get; } = context.GetType();

    public Assembly MigrationsAssembly { get; } = context.GetService<IMigrationsAssembly>().Assembly;

    public string HistoryTable { get; } =
        RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>()).MigrationsHistoryTableName
        ?? HistoryRepository.DefaultTableName;

    public bool MayChangeHistory =>
        ContextOptionsInspector.MayChangeHistory(context.GetService<IDbContextOptions>(), HistoryTable);

    /// <summary>It already exists, and its configuration may expect to observe every step.</summary>
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
