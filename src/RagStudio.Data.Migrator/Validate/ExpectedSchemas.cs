using System.Collections.Concurrent;

namespace RagStudio.Data.Migrator;

/// <summary>The schemas that applied migrations make, kept as long as the applied ids do not change.</summary>
internal sealed class ExpectedSchemas(MigrationSet set)
{
    private readonly ConcurrentDictionary<(string Database, string Applied), DatabaseSchema> _known = [];

    /// <exception cref="SchemaUnknownException">They cannot be told.</exception>
    public async Task<DatabaseSchema> GetAsync(
        IMigrationDatabase database,
        IReadOnlyList<string> applied,
        CancellationToken cancellationToken
    )
    {
        var plan = MigrationPlanner.Plan(database, applied);
        if (plan.Unknown.Count > 0)
        {
            throw new SchemaUnknownException(
                $"this program does not have its migrations {string.Join(", ", plan.Unknown)}"
            );
        }
        if (plan.Applied.Count == 0)
        {
            return DatabaseSchema.Empty;
        }
        var key = (database.Name, string.Join('\n', plan.Applied));
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }
        return _known[key] = await ReplayAsync(database, plan.Applied, DatabaseSchema.Empty, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The schema that migrations make of another one.</summary>
    /// <exception cref="SchemaUnknownException">It cannot be told.</exception>
    public async Task<DatabaseSchema> ReplayAsync(
        IMigrationDatabase database,
        IReadOnlyList<string> versions,
        DatabaseSchema onto,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await database
                .ReplayAsync(
                    versions,
                    onto,
                    (version, when) => set.CodeFor(database.Name, version, when),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        // Migrations and code are the application's own: what they throw on an empty database says nothing about the real one.
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new SchemaUnknownException($"its migrations cannot be replayed: {failure.Message}", failure);
        }
    }
}
