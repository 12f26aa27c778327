using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Guarded;

/// <summary>The database of a context that EF was asked to migrate, as a set of one.</summary>
internal sealed class GuardedDatabase(
    DbContext context,
    IMigrationDatabase database,
    GuardedMigrationsExtension guard,
    IServiceProvider? application,
    bool isAsync
)
{
    private readonly ConnectionEvents _connection = new(context, isAsync);

    /// <returns>The database; <see langword="null"/> if there is nothing to guard.</returns>
    /// <exception cref="InvalidOperationException">The connection string does not show which database it refers to.</exception>
    public static GuardedDatabase? Find(DbContext context, bool isAsync)
    {
        var options = context.GetService<IDbContextOptions>();
        var guard = options.FindExtension<GuardedMigrationsExtension>()!;
        var application = options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        return
            GuardedProviders.Find(options)?.Find(context, guard.Name, application, isAsync) is { } database
            && context.GetService<IMigrationsAssembly>().Migrations.Count > 0
            ? new GuardedDatabase(context, database, guard, application, isAsync)
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
            var done = await RunAsync(services, target, cancellationToken).ConfigureAwait(false);
            return done.Any(migrated => migrated.Migrations.Count > 0);
        }
    }

    private async Task<IReadOnlyList<DatabaseMigrations>> RunAsync(
        IServiceProvider services,
        string? target,
        CancellationToken cancellationToken
    )
    {
        var manager = services.GetRequiredService<IMigrationManager>();
        if (target is null)
        {
            var options = services.GetRequiredService<IOptions<MigrationOptions>>().Value;
            return (await Startup.MigrateAsync(manager, options, cancellationToken).ConfigureAwait(false)).Databases;
        }
        return await IsBehindAsync(target, cancellationToken).ConfigureAwait(false)
            ? (await manager.RollbackToVersionAsync(target, null, cancellationToken).ConfigureAwait(false)).Databases
            : (await manager.MigrateToVersionAsync(target, null, cancellationToken).ConfigureAwait(false)).Databases;
    }

    /// <summary>True if anything newer than the target is applied. Each run verifies it again under its lock.</summary>
    private async Task<bool> IsBehindAsync(string target, CancellationToken cancellationToken)
    {
        var id =
            context.GetService<IMigrationsAssembly>().FindMigrationId(target)
            ?? KnownMigration.Resolve(target, database.Migrations.Select(known => known.Version));
        var state = await database
            .Storage.ReadAsync(database, historyLimit: 1, cancellationToken)
            .ConfigureAwait(false);
        return state.Applied.Any(applied => MigrationIdComparer.Default.Compare(applied, id) > 0);
    }

    private ServiceProvider BuildServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton(context.GetService<ILoggerFactory>());
        if (guard.Configure is null && application?.GetService<IOptions<MigrationOptions>>() is { } options)
        {
            services.AddSingleton(options);
        }
        foreach (var progress in application?.GetServices<IProgress<MigrationProgress>>() ?? [])
        {
            services.AddSingleton(progress);
        }
        services.AddMigrator(guard.Configure).AddDatabase(database.Name, _ => database);
        return services.BuildServiceProvider();
    }
}
