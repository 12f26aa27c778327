using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Contexts;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Storage;

namespace RagStudio.Data.Migrator.Sqlite.Guarded;

/// <summary>The database of a context that EF was asked to migrate, as a set of one.</summary>
internal sealed class GuardedDatabase
{
    private readonly DbContext _context;
    private readonly GuardedMigrationsExtension _guard;
    private readonly IServiceProvider? _application;
    private readonly SqliteMigrationDatabase _database;
    private readonly ConnectionEvents _connection;

    private GuardedDatabase(DbContext context, string connectionString, bool isAsync)
    {
        var options = context.GetService<IDbContextOptions>();
        _context = context;
        _connection = new ConnectionEvents(context, isAsync);
        _guard = options.FindExtension<GuardedMigrationsExtension>()!;
        _application = options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        var storage = new SqliteStorage(connectionString);
        var name = _guard.Name ?? NameInApplication(storage) ?? DatabaseName.DefaultFor(context.GetType());
        _database = new SqliteMigrationDatabase(name, storage, new CallersContext(context, isAsync));
    }

    /// <returns>The database; <see langword="null"/> if there is nothing to guard.</returns>
    /// <exception cref="InvalidOperationException">
    /// The connection string does not show which file it refers to.
    /// </exception>
    public static GuardedDatabase? Find(DbContext context, bool isAsync)
    {
        var connectionString = context.Database.GetConnectionString();
        return GuardedFile.IsIn(connectionString) && context.GetService<IMigrationsAssembly>().Migrations.Count > 0
            ? new GuardedDatabase(context, connectionString, isAsync)
            : null;
    }

    /// <summary>Migrates to a target as EF interprets it, or applies everything pending.</summary>
    /// <returns>True if there was anything to do.</returns>
    public async Task<bool> MigrateAsync(string? target, CancellationToken cancellationToken)
    {
        await _connection.OpeningAsync(cancellationToken).ConfigureAwait(false);
        var services = BuildServices();
        await using (services.ConfigureAwait(false))
        {
            var done = await RunAsync(services.GetRequiredService<IMigrationManager>(), target, cancellationToken)
                .ConfigureAwait(false);
            return done.Any(database => database.Migrations.Count > 0);
        }
    }

    private async Task<IReadOnlyList<DatabaseMigrations>> RunAsync(
        IMigrationManager manager,
        string? target,
        CancellationToken cancellationToken
    )
    {
        if (target is null)
        {
            return (await manager.MigrateAsync(null, cancellationToken).ConfigureAwait(false)).Databases;
        }
        return await IsBehindAsync(target, cancellationToken).ConfigureAwait(false)
            ? (await manager.RollbackToVersionAsync(target, null, cancellationToken).ConfigureAwait(false)).Databases
            : (await manager.MigrateToVersionAsync(target, null, cancellationToken).ConfigureAwait(false)).Databases;
    }

    /// <summary>True if anything newer than the target is applied. Each run verifies it again under its lock.</summary>
    private async Task<bool> IsBehindAsync(string target, CancellationToken cancellationToken)
    {
        var id = _context.GetService<IMigrationsAssembly>().FindMigrationId(target) ?? target;
        var state = await _database
            .Storage.ReadAsync(_database, historyLimit: 1, cancellationToken)
            .ConfigureAwait(false);
        return state.Applied.Any(applied => StringComparer.OrdinalIgnoreCase.Compare(applied, id) > 0);
    }

    private ServiceProvider BuildServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton(_context.GetService<ILoggerFactory>());
        if (_guard.Configure is null && _application?.GetService<IOptions<MigrationOptions>>() is { } options)
        {
            services.AddSingleton(options);
        }
        foreach (var progress in _application?.GetServices<IProgress<MigrationProgress>>() ?? [])
        {
            services.AddSingleton(progress);
        }
        services.AddMigrator(_guard.Configure).AddDatabase(_database.Name, _ => _database);
        return services.BuildServiceProvider();
    }

    private string? NameInApplication(SqliteStorage storage) =>
        _application
            ?.GetServices<IMigrationDatabase>()
            .OfType<SqliteMigrationDatabase>()
            .FirstOrDefault(known => known.ContextType == _context.GetType() && known.Storage.Equals(storage))
            ?.Name;
}
