using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator;

/// <summary>Registers the databases of the set that an application migrates.</summary>
public sealed class MigratorBuilder
{
    private readonly bool _hasHost;

    internal MigratorBuilder(IServiceCollection services, bool hasHost = true) =>
        (Services, _hasHost) = (services, hasHost);

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds a database to the set. Databases are locked, migrated and checked in the order in which they were added.
    /// </summary>
    /// <param name="name">The database's name in the set.</param>
    /// <param name="database">Creates the database; called once.</param>
    /// <returns>This builder.</returns>
    public MigratorBuilder AddDatabase(string name, Func<IServiceProvider, IMigrationDatabase> database)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Services.AddSingleton(new DatabaseRegistration(name));
        Services.AddSingleton(database);
        return this;
    }

    /// <summary>
    /// Adds a database whose provider the application's services choose, such as by the configuration: the method that
    /// adds it is called when the database is first needed.
    /// </summary>
    /// <param name="name">The database's name in the set.</param>
    /// <param name="add">Adds the one database to the builder that it is given; code and rules are added here.</param>
    /// <returns>This builder.</returns>
    public MigratorBuilder AddDatabase(string name, Action<IServiceProvider, MigratorBuilder> add)
    {
        ArgumentNullException.ThrowIfNull(add);
        return AddDatabase(
            name,
            services =>
            {
                var added = new ServiceCollection();
                add(services, new MigratorBuilder(added, hasHost: false));
                return
                    added.Count == 2 && added[1].ImplementationFactory?.Invoke(services) is IMigrationDatabase database
                    ? database
                    : throw new InvalidOperationException($"Add one database for '{name}', and nothing else.");
            }
        );
    }

    /// <summary>
    /// Runs C# code within a migration's transaction, before or after the migration's own commands. Several
    /// registrations at one point run in order.
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
    /// Adds a rule that the rows of a database must satisfy. It is checked by each run that touches a table
    /// that it reads (all runs on a small database, <see cref="MigrationOptions.CheckEverythingUpTo"/>), and by a validation.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <param name="database">The database's name in the set; optional if the set has only one.</param>
    /// <returns>This builder.</returns>
    public MigratorBuilder AddRule(ValidationRule rule, string? database = null) => AddRule(_ => rule, database);

    /// <summary>Adds a rule that needs the application's services.</summary>
    /// <param name="rule">Creates the rule; called once.</param>
    /// <param name="database">The database's name in the set; optional if the set has only one.</param>
    /// <returns>This builder.</returns>
    public MigratorBuilder AddRule(Func<IServiceProvider, ValidationRule> rule, string? database = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Services.AddSingleton(new RuleRegistration(database, rule));
        return this;
    }

    /// <summary>
    /// Migrates when the host starts, or applies another <see cref="MigrationOptions.StartupPolicy"/>: <b>no other
    /// hosted service starts before it has ended</b>, and a failure stops the host with a clear message.
    /// </summary>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no host: the builder was created by <see cref="MigratorFactory"/>.
    /// </exception>
    public MigratorBuilder MigrateOnStartup()
    {
        if (!_hasHost)
        {
            throw new InvalidOperationException("MigrateOnStartup needs a host: call MigrateAsync instead.");
        }
        Services.TryAddSingleton<StartupVerification>();
        Services.AddHostedService<StartupMigration>();
        return this;
    }
}
