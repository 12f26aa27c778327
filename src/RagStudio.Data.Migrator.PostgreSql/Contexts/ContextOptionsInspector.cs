using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>
/// Determines from a context's options if it takes part in a run with known commands. Creating a context
/// costs half of such a run, because EF builds its services.
/// </summary>
[SuppressMessage(
    "Usage",
    "EF1001:Internal EF Core API usage.",
    Justification = "The extension of UseNpgsql has no other name. EF's minor version is fixed, and tests would tell."
)]
internal static class ContextOptionsInspector
{
    private const BindingFlags Protected = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>True if the class overrides OnConfiguring: its options are unknown until it is created.</summary>
    public static bool ConfiguresItself(Type contextType) =>
        contextType.GetMethod("OnConfiguring", Protected)!.DeclaringType != typeof(DbContext);

    public static bool ParticipatesInRun(IDbContextOptions options) => options.Extensions.Any(ParticipatesInRun);

    /// <summary>True if the history table may differ from EF's default: conventions are services that an extension can add.</summary>
    public static bool MayChangeHistory(IDbContextOptions options, EFHistory history) =>
        options.Extensions.Any(extension =>
            extension switch
            {
                RelationalOptionsExtension relational => relational.MigrationsHistoryTableName is { } name
                    && (name, relational.MigrationsHistoryTableSchema) != (history.Table, history.Schema),
                CoreOptionsExtension core => core.InternalServiceProvider is not null
                    || core.ReplacedServices?.Values.All(IsOurs) == false,
                _ => !IsOurs(extension.GetType()),
            }
        );

    private static bool ParticipatesInRun(IDbContextOptionsExtension extension) =>
        extension switch
        {
            NpgsqlOptionsExtension npgsql => npgsql.CommandTimeout is not null,
            CoreOptionsExtension core => core.Interceptors?.Any() == true
                || core.Seeder is not null
                || core.AsyncSeeder is not null
                || core.LoggerFactory is not null
                || core.DbContextLogger is not null
                || core.InternalServiceProvider is not null
                || core.ReplacedServices?.Values.All(IsOurs) == false,
            _ => !IsOurs(extension.GetType()),
        };

    /// <summary>True for what <c>UseGuardedMigrations</c> adds: the engine's part of it, or this provider's.</summary>
    private static bool IsOurs(Type type) =>
        type.Assembly == typeof(ContextOptionsInspector).Assembly
        || type.Assembly == typeof(IMigrationManager).Assembly;
}
