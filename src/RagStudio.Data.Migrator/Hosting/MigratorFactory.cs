using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Creates a migrator for a program that has no service container, or that migrates before it builds one.
/// </summary>
public static class MigratorFactory
{
    /// <summary>Creates the migrator of one set of databases. It keeps nothing open between runs.</summary>
    /// <param name="configure">
    /// Adds the databases, their code and their rules, as after
    /// <see cref="MigratorServiceCollectionExtensions.AddMigrator(IServiceCollection, Action{MigrationOptions}?)"/>.
    /// The service provider passed to their factories knows only what was added here.
    /// </param>
    /// <param name="options">
    /// The options; <see langword="null"/> for the defaults. Later changes have no effect.
    /// </param>
    /// <param name="loggers">Creates the loggers; <see langword="null"/> to log nothing.</param>
    /// <returns>The migrator, safe to use from several threads.</returns>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no database, two have the same name, or something that needs a host was added.
    /// </exception>
    public static IMigrationManager Create(
        Action<MigratorBuilder> configure,
        MigrationOptions? options = null,
        ILoggerFactory? loggers = null
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        var services = new ServiceCollection();
        configure(new MigratorBuilder(services, hasHost: false));
        var set = new MigrationSet(new AddedServices(services));
        var log = LoggerOf<MigrationManager>(loggers);
        return new MigrationManager(
            new MigratorServices(
                set,
                options is null ? new() : Valid(options),
                new ExpectedSchemas(set),
                TimeProvider.System,
                log
            ),
            new WatchedRuns(new MigrationMonitor([], LoggerOf<MigrationMonitor>(loggers)), log)
        );
    }

    /// <summary>Creates a copy of all rows of one set to another one.</summary>
    /// <param name="source">The migrator of the set to read, from this class or from <c>AddMigrator</c>.</param>
    /// <param name="target">The migrator of a set of the same contexts under the same names, elsewhere.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException">A migrator is not one of this library.</exception>
    public static IDatabaseCopy CreateCopy(
        IMigrationManager source,
        IMigrationManager target,
        CopyOptions? options = null
    )
    {
        var (from, to) = (Own(source, nameof(source)), Own(target, nameof(target)));
        return new DatabaseCopy(from.Services, to.Services, to.Runs, options ?? new CopyOptions());
    }

    /// <summary>Creates a move of one database to another storage.</summary>
    /// <param name="source">The migrator of the set as it is, from this class or from <c>AddMigrator</c>.</param>
    /// <param name="target">
    /// The migrator of the set as it will be: the same databases under the same names, one of them in another storage.
    /// </param>
    /// <returns>The move.</returns>
    /// <exception cref="ArgumentException">
    /// A migrator is not one of this library, or the sets differ in more or less than the storage of one database.
    /// </exception>
    public static IDatabaseRelocation CreateRelocation(IMigrationManager source, IMigrationManager target)
    {
        var (from, to) = (Own(source, nameof(source)), Own(target, nameof(target)));
        return DatabaseRelocation.Create(from.Services, from.Runs, to.Services.Set);
    }

    private static MigrationManager Own(IMigrationManager manager, string parameter) =>
        manager as MigrationManager
        ?? throw new ArgumentException("The migrator was not created by this library.", parameter);

    private static ILogger<T> LoggerOf<T>(ILoggerFactory? loggers) =>
        loggers?.CreateLogger<T>() ?? NullLogger<T>.Instance;

    private static MigrationOptions Valid(MigrationOptions options)
    {
        var copy = options.Copy();
        OptionsCheck.Demand(new MigrationOptionsValidator(nameof(MigrationOptions)), copy);
        return copy;
    }
}
