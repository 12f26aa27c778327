using System.Collections.Concurrent;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The schemas that applied migrations make, kept as long as the applied ids do not change.</summary>
internal sealed class ExpectedSchemas(MigrationSet set)
{
    private readonly ConcurrentDictionary<string, DatabaseSchema> _known = [];

    /// <summary>What could not be replayed will not be the next time: a status that is asked for every minute does not try it every minute.</summary>
    private readonly ConcurrentDictionary<string, SchemaUnknownException> _unknown = [];

    /// <param name="database">The database.</param>
    /// <param name="applied">Its applied migrations.</param>
    /// <param name="report">Told how many of them are replayed, of how many, where they are.</param>
    /// <param name="cancellationToken">Stops the replay.</param>
    /// <exception cref="SchemaUnknownException">They cannot be told.</exception>
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
                $"this program does not have its migrations {VersionList.Of(plan.Unknown)}"
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

    /// <summary>The schema that migrations make of another one.</summary>
    /// <exception cref="SchemaUnknownException">It cannot be told.</exception>
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
        // Migrations and code are the application's own: what they throw on an empty database says nothing about the real one.
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SchemaUnknownException($"its migrations cannot be replayed: {failure.Message}", failure);
        }
    }
}
