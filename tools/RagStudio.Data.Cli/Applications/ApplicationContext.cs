using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>A context of an application, with everything that the migrator needs to know about it.</summary>
/// <param name="Type">Its class.</param>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Database">The location of its tables.</param>
/// <param name="MigrationsAssembly">The assembly that contains its migrations.</param>
/// <param name="Options">The options that its application has configured.</param>
/// <param name="Creation">Creates it.</param>
internal sealed record ApplicationContext(
    Type Type,
    string Name,
    ApplicationDatabase Database,
    Assembly MigrationsAssembly,
    IDbContextOptions Options,
    ContextCreation Creation
)
{
    /// <summary>What a run on a server does about data that cannot be kept; <see langword="null"/> for the default.</summary>
    public string? UnkeptLoss { get; init; }

    /// <summary>Adds the database to the set to migrate.</summary>
    public void AddTo(MigratorBuilder migrator) =>
        typeof(IApplicationProvider)
            .GetMethod(nameof(IApplicationProvider.Add))!
            .MakeGenericMethod(Type)
            .Invoke(Database.Provider, [this, migrator]);

    /// <summary>True if its application has a migration for it.</summary>
    public bool HasMigrations => KnownMigration.Find(Type, MigrationsAssembly).Count > 0;

    /// <summary>Creates it with the migrator's options.</summary>
    public DbContext Create(DbContextOptions given) => GivenOptions.In(Creation.Create(), given);

    /// <summary>Copies the application's configuration, except the connection.</summary>
    public void Configure(DbContextOptionsBuilder builder)
    {
        foreach (var extension in Options.Extensions.Where(one => one is not RelationalOptionsExtension))
        {
            Add(builder, extension);
        }

        // The host's services write to the application's own log.
        builder.UseLoggerFactory(NullLoggerFactory.Instance);

        // A context may configure its own connection again, and EF rejects two: it gets the migrator's
        // connection afterwards.
        var relational = RelationalOptionsExtension.Extract(Options).WithConnection(null).WithConnectionString(null);
        // EF would look for the name among the tool's own assemblies.
        Add(builder, relational.WithMigrationsAssembly((string?)null).WithMigrationsAssembly(MigrationsAssembly));
    }

    private static void Add(DbContextOptionsBuilder builder, IDbContextOptionsExtension extension) =>
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(extension);
}
