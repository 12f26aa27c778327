using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator;

/// <summary>Collects the databases of the one set that an application migrates.</summary>
public sealed class MigratorBuilder
{
    internal MigratorBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a database to the set. Databases are locked, migrated and checked in the order of their adding.</summary>
    /// <param name="database">Creates the database; called once.</param>
    /// <returns>This builder.</returns>
    public MigratorBuilder AddDatabase(Func<IServiceProvider, IMigrationDatabase> database)
    {
        Services.AddSingleton(database);
        return this;
    }

    /// <summary>
    /// Migrates when the host starts: <b>no other hosted service starts before the migration has ended</b>, and a
    /// failure stops the host with its reason.
    /// </summary>
    /// <returns>This builder.</returns>
    public MigratorBuilder MigrateOnStartup()
    {
        Services.AddHostedService<StartupMigration>();
        return this;
    }
}
