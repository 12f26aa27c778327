using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Determines from a context's options if it takes part in a run with known commands. Creating a context
/// costs half of such a run, because EF builds its services.
/// </summary>
internal sealed class ContextOptionsInspector(IContextProvider provider, IDbContextOptions options)
{
    private const BindingFlags Protected = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>True if the class overrides OnConfiguring: its options are unknown until it is created.</summary>
    public static bool ConfiguresItself(Type contextType) =>
        contextType.GetMethod("OnConfiguring", Protected)!.DeclaringType != typeof(DbContext);

    public bool ParticipatesInRun =>
        options.Extensions.Any(extension =>
            extension switch
            {
                CoreOptionsExtension core => core.Interceptors?.Any() == true
                    || core.Seeder is not null
                    || core.AsyncSeeder is not null
                    || core.LoggerFactory is not null
                    || core.DbContextLogger is not null
                    || HasOtherServices(core),
                _ when provider.Supports(extension) => provider.ParticipatesInRun(extension),
                _ => !IsOurs(extension.GetType()),
            }
        );

    /// <summary>
    /// True if the history table may differ from EF's default: conventions are services that an extension can
    /// add.
    /// </summary>
    public bool MayChangeHistory(IContextSource source) =>
        options.Extensions.Any(extension =>
            extension switch
            {
                RelationalOptionsExtension relational => relational.MigrationsHistoryTableName is { } name
                    && (name, relational.MigrationsHistoryTableSchema) != (source.HistoryTable, source.HistorySchema),
                CoreOptionsExtension core => HasOtherServices(core),
                _ => !IsOurs(extension.GetType()),
            }
        );

    private bool HasOtherServices(CoreOptionsExtension core) =>
        core.InternalServiceProvider is not null || core.ReplacedServices?.Values.All(IsOurs) == false;

    /// <summary>True for what <c>UseGuardedMigrations</c> adds: the engine's part of it, or that of providers.</summary>
    private bool IsOurs(Type type) =>
        type.Assembly == typeof(ContextOptionsInspector).Assembly
        || type.Assembly == provider.GetType().Assembly
        || GuardedProviders.All.Any(known => type.Assembly == known.GetType().Assembly);
}
