using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Storage;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Guarded;

/// <summary>What only PostgreSQL's provider knows about contexts, and the database of one that EF was asked to migrate.</summary>
[SuppressMessage(
    "Usage",
    "EF1001:Internal EF Core API usage.",
    Justification = "The extension of UseNpgsql has no other name. EF's minor version is fixed, and tests would tell."
)]
internal sealed class PostgreSqlProvider : IGuardedProvider
{
    public static PostgreSqlProvider Instance { get; } = new();

    public ContextTerms Terms { get; } =
        new(
            "UseNpgsql and a connection string or a data source",
            "which has no connection string: it was given a connection",
            "AddPostgreSqlDatabase",
            "Host=SERVER;Database=NAME"
        );

    public bool Supports(IDbContextOptionsExtension extension) => extension is NpgsqlOptionsExtension;

    public bool ParticipatesInRun(IDbContextOptionsExtension extension) =>
        extension is NpgsqlOptionsExtension { CommandTimeout: not null };

    /// <summary>Not that of an opened connection, which lacks the password.</summary>
    public string? FindConnectionString(DbContext context)
    {
        var options = RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>());
        return options.ConnectionString ?? FindDataSource(options)?.ConnectionString;
    }

    /// <summary>Connects as a context's options say; <see langword="null"/> if they have only a connection.</summary>
    public static ConnectionSource? FindSource(RelationalOptionsExtension options) =>
        options.ConnectionString is { } connectionString ? new ConnectionSource(connectionString)
        : FindDataSource(options) is { } dataSource ? new ConnectionSource(dataSource)
        : null;

    private static NpgsqlDataSource? FindDataSource(RelationalOptionsExtension options) =>
        (options as NpgsqlOptionsExtension)?.DataSource as NpgsqlDataSource;

    public void Use(DbContextOptionsBuilder builder, DbConnection? connection, IContextSource source)
    {
        void Configure(NpgsqlDbContextOptionsBuilder npgsql) =>
            npgsql
                .MigrationsHistoryTable(source.HistoryTable, source.HistorySchema)
                .MigrationsAssembly(source.MigrationsAssembly);
        _ = connection is null ? builder.UseNpgsql(Configure) : builder.UseNpgsql(connection, Configure);
    }

    /// <exception cref="InvalidOperationException">The context does not tell its connection string.</exception>
    public IMigrationDatabase? Find(DbContext context, string? name, IServiceProvider? application, bool isAsync)
    {
        var source =
            FindSource(RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>()))
            ?? throw new InvalidOperationException(
                $"Guarded migrations need the connection string of {context.GetType().Name}, because a run opens separate sessions. Nothing was changed. Call UseNpgsql with a connection string or a data source instead of a connection."
            );
        var storage = new PostgreSqlStorage(source);
        return new PostgreSqlMigrationDatabase(
            name ?? NameInApplication(application, context, storage) ?? DatabaseName.DefaultFor(context.GetType()),
            storage,
            new CallersContext(context, this, isAsync),
            // As EF does it.
            new PostgreSqlDatabaseOptions { CreateDatabase = true }
        );
    }

    private static string? NameInApplication(
        IServiceProvider? application,
        DbContext context,
        PostgreSqlStorage storage
    ) =>
        application
            ?.GetServices<IMigrationDatabase>()
            .OfType<PostgreSqlMigrationDatabase>()
            .FirstOrDefault(known => known.ContextType == context.GetType() && known.Storage.Equals(storage))
            ?.Name;
}
