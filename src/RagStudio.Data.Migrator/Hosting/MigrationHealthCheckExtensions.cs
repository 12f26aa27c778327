using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the migrator to an application's health checks.</summary>
public static class MigrationHealthCheckExtensions
{
    /// <summary>
    /// Adds a check of the state of the databases. It reads each database once, and neither locks nor writes.
    /// </summary>
    /// <remarks>
    /// The entry <c>state</c> of its data says which of these it is; <c>verdict</c>, <c>pending</c> and, for each database,
    /// <c>NAME.version</c> and <c>NAME.pending</c> stand beside it where the databases could be read.
    /// On a server, <c>kept.sets</c> and <c>kept.bytes</c> tell how many runs have kept what their migrations dropped, and its
    /// size.
    /// <list type="bullet">
    /// <item><c>upToDate</c>: Healthy.</item>
    /// <item><c>pending</c>: <paramref name="pending"/>.</item>
    /// <item><c>running</c>, here or in another process, or a database is held by another program: Degraded, never Unhealthy.</item>
    /// <item><c>drifted</c>: Degraded, for the application works as it did, and only a person can say whether the drift is wanted.</item>
    /// <item>
    /// <c>failed</c> (the last run, of this process), <c>interrupted</c>, <c>outOfOrder</c>, <c>unusable</c>:
    /// <paramref name="failureStatus"/>.
    /// </item>
    /// <item><c>newer</c>: <paramref name="newer"/>.</item>
    /// </list>
    /// </remarks>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">
    /// The status of a state in which the application cannot work; <see langword="null"/> for Unhealthy.
    /// </param>
    /// <param name="pending">The status while migrations are pending.</param>
    /// <param name="newer">
    /// The status while a database is newer than this program; <see langword="null"/> for <paramref name="failureStatus"/>. In
    /// a rolling upgrade on a server, all instances that are not upgraded yet are in this state: Degraded, which is served by
    /// default, keeps them in use.
    /// </param>
    /// <param name="tags">The tags by which checks are selected.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddMigrationCheck(
        this IHealthChecksBuilder builder,
        string name = "migrations",
        HealthStatus? failureStatus = null,
        HealthStatus pending = HealthStatus.Degraded,
        HealthStatus? newer = null,
        IEnumerable<string>? tags = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(
            new HealthCheckRegistration(
                name,
                provider => new MigrationHealthCheck(
                    provider.GetRequiredService<IMigrationManager>(),
                    provider.GetRequiredService<IMigrationMonitor>(),
                    provider.GetServices<IMigrationDatabase>(),
                    pending,
                    newer
                ),
                failureStatus,
                tags
            )
        );
    }
}
