using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
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
            "UseNpgsql and a connection string",
            "which has no connection string: it was given a connection or a data source",
            "AddPostgreSqlDatabase",
            "Host=SERVER;Database=NAME"
        );

    public bool Supports(IDbContextOptionsExtension extension) => extension is NpgsqlOptionsExtension;

    public bool ParticipatesInRun(IDbContextOptionsExtension extension) =>
        extension is NpgsqlOptionsExtension { CommandTimeout: not null };

    /// <summary>Not that of an opened connection, which lacks the password.</summary>
    public string? FindConnectionString(DbContext context) =>
        RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>()).ConnectionString;

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
        var connectionString =
            FindConnectionString(context)
            ?? throw new InvalidOperationException(
                $"Guarded migrations need the connection string of {context.GetType().Name}, because a run opens separate sessions. Nothing was changed. Call UseNpgsql with a connection string instead of a connection or a data source."
            );
        var storage = new PostgreSqlStorage(connectionString);
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
