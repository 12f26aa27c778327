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
    /// Lets C# run within a migration's transaction, before or after the migration's own commands. Several registrations for one
    /// moment run in their order.
    /// </summary>
    /// <param name="database">The database's name in the set.</param>
    /// <param name="version">The migration's id.</param>
    /// <param name="moment">Before or after the migration's own commands.</param>
    /// <param name="code">Creates the code; called once.</param>
    /// <returns>This builder.</returns>
    public MigratorBuilder AddCode(
        string database,
        string version,
        CodeMoment moment,
        Func<IServiceProvider, IMigrationCode> code
    )
    {
        Services.AddSingleton(new CodeRegistration(database, version, moment, code));
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
