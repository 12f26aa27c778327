using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Lends out the caller's context: no other could be created with the same configuration. Its own connection
/// is closed meanwhile and returned to it at the end.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="provider">The provider that it uses.</param>
/// <param name="isAsync">True to call the interceptors' asynchronous methods, as EF would.</param>
public sealed class CallersContext(DbContext context, IContextProvider provider, bool isAsync) : IContextSource
{
    private readonly IDbContextOptions _options = context.GetService<IDbContextOptions>();

    private RelationalOptionsExtension Relational => RelationalOptionsExtension.Extract(_options);

    /// <inheritdoc/>
    public Type ContextType { get; } = context.GetType();

    /// <inheritdoc/>
    public Assembly MigrationsAssembly { get; } = context.GetService<IMigrationsAssembly>().Assembly;

    /// <inheritdoc/>
    public string HistoryTable => Relational.MigrationsHistoryTableName ?? HistoryRepository.DefaultTableName;

    /// <inheritdoc/>
    public string? HistorySchema => Relational.MigrationsHistoryTableSchema;

    /// <inheritdoc/>
    public bool MayChangeHistory => new ContextOptionsInspector(provider, _options).MayChangeHistory(this);

    /// <summary>It already exists, and its configuration may expect to observe every step.</summary>
    public bool AlwaysUseContext => true;

    /// <inheritdoc/>
    public bool MayHaveOptions => true;

    /// <inheritdoc/>
    public ConnectedContext Connect(DbConnection? connection)
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
}
