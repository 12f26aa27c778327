using System.Collections.Concurrent;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The schemas that applied migrations create, cached until the applied ids change.</summary>
internal sealed class ExpectedSchemas(MigrationSet set)
{
    private readonly ConcurrentDictionary<string, DatabaseSchema> _known = [];

    /// <summary>
    /// A replay that failed will fail again: a status that is requested every minute must not repeat it each
    /// time.
    /// </summary>
    private readonly ConcurrentDictionary<string, SchemaUnknownException> _unknown = [];

    /// <param name="database">The database.</param>
    /// <param name="applied">Its applied migrations.</param>
    /// <param name="report">Receives the number of replayed migrations and their total, if they are replayed.</param>
    /// <param name="cancellationToken">Stops the replay.</param>
    /// <exception cref="SchemaUnknownException">The schema cannot be determined.</exception>
    public async Task<DatabaseSchema> GetAsync(
        IMigrationDatabase database,
        IReadOnlyList<string> applied,
        Action<long, long>? report,
        CancellationToken cancellationToken
    )
    {
        var plan = MigrationPlanner.Compare(database, applied);
        if (plan.Unknown.Count > 0)
        {
            throw new SchemaUnknownException(
                $"this program does not have its migrations {VersionList.Format(plan.Unknown)}"
            );
        }
        if (plan.Applied.Count == 0)
        {
            return DatabaseSchema.Empty;
        }
        var key = string.Join('\n', plan.Applied.Prepend(database.Name));
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }
        if (_unknown.TryGetValue(key, out var unknown))
        {
            throw new SchemaUnknownException(unknown.Message, unknown);
        }
        try
        {
            return _known[key] = await ReplayAsync(
                    database,
                    plan.Applied,
                    DatabaseSchema.Empty,
                    report,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (SchemaUnknownException failure)
        {
            _unknown[key] = failure;
            throw;
        }
    }

    /// <summary>Determines the schema that migrations create on top of another one.</summary>
    /// <exception cref="SchemaUnknownException">The schema cannot be determined.</exception>
    public async Task<DatabaseSchema> ReplayAsync(
        IMigrationDatabase database,
        IReadOnlyList<string> versions,
        DatabaseSchema onto,
        Action<long, long>? report,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ReplayWatch
                .OverAsync(
                    versions.Count,
                    report,
                    () =>
                        database.ReplayAsync(
                            versions,
                            CompiledLookup.FindCurrent(database, versions),
                            onto,
                            (version, when) => set.CodeFor(database.Name, version, when),
                            cancellationToken
                        )
                )
                .ConfigureAwait(false);
        }
        // Migrations and code are the application's: their exceptions on an empty database say nothing about
        // the real one.
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SchemaUnknownException($"its migrations cannot be replayed: {failure.Message}", failure);
        }
    }
}
