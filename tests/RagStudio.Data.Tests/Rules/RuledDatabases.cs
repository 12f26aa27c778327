using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Tests;

/// <summary>Both databases at the versions that a test selects, and an application's migrator for them.</summary>
internal sealed class RuledDatabases : IDisposable
{
    private readonly UnmigratedDatabases _databases;
    private readonly ServiceProvider _services;

    public RuledDatabases(bool singleDatabase, Action<IServiceCollection>? configure = null)
    {
        _databases = new UnmigratedDatabases(singleDatabase);
        var services = new ServiceCollection();
        services.AddRagStudioData(options =>
        {
            options.DataDirectory = _databases.Options.DataDirectory;
            options.SingleDatabase = singleDatabase;
        });
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
        AppMeta = _databases.OpenAppMeta();
        Events = _databases.OpenEvents();
    }

    public AppMetaContext AppMeta { get; }

    public EventsContext Events { get; }

    public IMigrationManager Manager => _services.GetRequiredService<IMigrationManager>();

    public DataValidator Validator => _services.GetRequiredService<DataValidator>();

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task MigrateAsync(string? appMeta = null, string? events = null)
    {
        await AppMeta.Database.MigrateAsync(appMeta);
        await Events.Database.MigrateAsync(events);
    }

    /// <summary>Changes rows with all constraints disabled.</summary>
    public static void Damage(DbContext context, string sql, params object?[] values)
    {
        context.Database.OpenConnection();
        try
        {
            context.Execute("PRAGMA ignore_check_constraints = ON");
            context.Execute("PRAGMA foreign_keys = OFF");
            context.Execute(sql, values);
        }
        finally
        {
            context.Execute("PRAGMA ignore_check_constraints = OFF");
            context.Execute("PRAGMA foreign_keys = ON");
            context.Database.CloseConnection();
        }
    }

    public async Task<IReadOnlyList<(string Database, ValidationError Error)>> FindAsync() =>
        [
            .. (await Validator.ValidateAsync()).Reports.SelectMany(report =>
                report.Errors.Select(error => (report.Database, error))
            ),
        ];

    public void Dispose()
    {
        AppMeta.Dispose();
        Events.Dispose();
        _services.Dispose();
        _databases.Dispose();
    }
}
