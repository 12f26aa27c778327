using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// The same methods for source files with only the <c>using</c> of an earlier version. If both are in scope,
/// the compiler prefers those of <see cref="SqliteMigratorBuilderExtensions"/>, because an unused
/// <c>params</c> parameter makes these the worse match.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SqliteMigratorBuilderForwards
{
    /// <inheritdoc cref="SqliteMigratorBuilderExtensions.AddSqliteDatabase{TContext}(MigratorBuilder, string, string, Action{SqliteDatabaseOptions}?)"/>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddSqliteDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        string connectionString,
        Action<SqliteDatabaseOptions>? configure = null,
        params object[] unused
    )
        where TContext : DbContext =>
        SqliteMigratorBuilderExtensions.AddSqliteDatabase<TContext>(builder, name, connectionString, configure);

    /// <inheritdoc cref="SqliteMigratorBuilderExtensions.AddSqliteDatabase{TContext}(MigratorBuilder, string, Func{IServiceProvider, string}, Action{IServiceProvider, SqliteDatabaseOptions}?)"/>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddSqliteDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Func<IServiceProvider, string> connectionString,
        Action<IServiceProvider, SqliteDatabaseOptions>? configure = null,
        params object[] unused
    )
        where TContext : DbContext =>
        SqliteMigratorBuilderExtensions.AddSqliteDatabase<TContext>(builder, name, connectionString, configure);

    /// <inheritdoc cref="SqliteMigratorBuilderExtensions.AddSqliteDatabase{TContext}(MigratorBuilder, string, Func{IServiceProvider, FileInfo}, Action{IServiceProvider, SqliteDatabaseOptions}?)"/>
    [RequiresUnreferencedCode(TrimmedContext.Advice)]
    public static MigratorBuilder AddSqliteDatabase<[DynamicallyAccessedMembers(TrimmedContext.Needed)] TContext>(
        this MigratorBuilder builder,
        string name,
        Func<IServiceProvider, FileInfo> file,
        Action<IServiceProvider, SqliteDatabaseOptions>? configure = null,
        params object[] unused
    )
        where TContext : DbContext =>
        SqliteMigratorBuilderExtensions.AddSqliteDatabase<TContext>(builder, name, file, configure);
}
