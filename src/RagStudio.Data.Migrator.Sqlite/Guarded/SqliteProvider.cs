using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Sqlite.Infrastructure.Internal;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Contexts;
using RagStudio.Data.Migrator.Sqlite.Storage;

namespace RagStudio.Data.Migrator.Sqlite.Guarded;

/// <summary>What only SQLite's provider knows about contexts, and the file of one that EF was asked to migrate.</summary>
[SuppressMessage(
    "Usage",
    "EF1001:Internal EF Core API usage.",
    Justification = "The extension and the creator of UseSqlite have no other names. EF's minor version is fixed, and tests would tell."
)]
internal sealed class SqliteProvider : IGuardedProvider
{
    public static SqliteProvider Instance { get; } = new();

    public ContextTerms Terms { get; } =
        new(
            "UseSqlite and a file",
            "which names no file that can be migrated: it is in memory, temporary or read-only",
            "AddSqliteDatabase",
            "Data Source=FILE"
        );

    public bool Supports(IDbContextOptionsExtension extension) => extension is SqliteOptionsExtension;

    public bool ParticipatesInRun(IDbContextOptionsExtension extension) =>
        extension
            is SqliteOptionsExtension { LoadSpatialite: true }
                or SqliteOptionsExtension { CommandTimeout: not null };

    /// <exception cref="InvalidOperationException">The file is named in a way that hides which one it is.</exception>
    public string? FindConnectionString(DbContext context) =>
        context.Database.GetConnectionString() is var given && GuardedFile.IsIn(given) ? given : null;

    public void Use(DbContextOptionsBuilder builder, DbConnection? connection, IContextSource source)
    {
        void Configure(SqliteDbContextOptionsBuilder sqlite) =>
            sqlite.MigrationsHistoryTable(source.HistoryTable).MigrationsAssembly(source.MigrationsAssembly);
        _ = connection is null ? builder.UseSqlite(Configure) : builder.UseSqlite(connection, Configure);
    }

    public void ReplaceServices(DbContextOptionsBuilder builder) =>
        builder.ReplaceService<IRelationalDatabaseCreator, SqliteDatabaseCreator, OpenDatabaseCreator>();

    public IMigrationDatabase? Find(DbContext context, string? name, IServiceProvider? application, bool isAsync)
    {
        if (FindConnectionString(context) is not { } connectionString)
        {
            return null;
        }
        var storage = new SqliteStorage(connectionString);
        return new SqliteMigrationDatabase(
            name ?? NameInApplication(application, context, storage) ?? DatabaseName.DefaultFor(context.GetType()),
            storage,
            new CallersContext(context, this, isAsync)
        );
    }

    private static string? NameInApplication(IServiceProvider? application, DbContext context, SqliteStorage storage) =>
        application
            ?.GetServices<IMigrationDatabase>()
            .OfType<SqliteMigrationDatabase>()
            .FirstOrDefault(known => known.ContextType == context.GetType() && known.Storage.Equals(storage))
            ?.Name;
}
