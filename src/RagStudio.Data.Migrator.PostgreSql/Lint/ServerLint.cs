using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Apply;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>
/// Finds locks, rewrites and scans by executing the migrations in a scratch database. It is empty: PostgreSQL decides by
/// the catalog, not by the rows, what it locks, rewrites and scans for DDL.
/// </summary>
internal sealed class ServerLint(IPostgreSqlDatabase database, ConnectionSource source, string target)
{
    public async Task<IReadOnlyList<MigrationFinding>> RunAsync(
        LintRequest request,
        CancellationToken cancellationToken
    )
    {
        var unrepeatable = UnrepeatableStatements.Find(database, request.Pending, request.IsReverting);
        if (request.IsReverting || request.Applied.Count == 0)
        {
            // Before the first migration there is no table that others use, and perhaps no database.
            return unrepeatable;
        }
        var live = source.CreateReader();
        await using (live.ConfigureAwait(false))
        {
            await live.OpenAsync(cancellationToken).ConfigureAwait(false);
            var duplicates = await new ConcurrentDuplicates(database, target)
                .FindAsync(live, request, cancellationToken)
                .ConfigureAwait(false);
            return request.FindsLocks
                ?
                [
                    .. unrepeatable,
                    .. duplicates,
                    .. await FindLocksAsync(live, request, cancellationToken).ConfigureAwait(false),
                ]
                : [.. unrepeatable, .. duplicates];
        }
    }

    private async Task<IReadOnlyList<MigrationFinding>> FindLocksAsync(
        NpgsqlConnection live,
        LintRequest request,
        CancellationToken cancellationToken
    )
    {
        var observations = new Observations(request.Pending);
        try
        {
            var replay = await ScratchReplay
                .CreateAsync(database, source, target, request.Compiled, cancellationToken)
                .ConfigureAwait(false);
            await using (replay.ConfigureAwait(false))
            {
                await PrepareAsync(live, replay, request, cancellationToken).ConfigureAwait(false);
                await observations.RunAsync(replay, request, cancellationToken).ConfigureAwait(false);
            }
        }
        // Migrations and code are the application's: one that fails on an empty database may succeed on the real one.
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            observations.Fail(failure);
        }
        var tables = observations.Tables.Select(table => (table.Schema, table.Name)).ToArray();
        var sizes = await LiveSizes.ReadAsync(live, tables, cancellationToken).ConfigureAwait(false);
        return observations.Describe(table => database.NameOf(table.Schema, table.Name), sizes);
    }

    /// <summary>Brings the scratch database to the version of the real one.</summary>
    private static async Task PrepareAsync(
        NpgsqlConnection live,
        ScratchReplay replay,
        LintRequest request,
        CancellationToken cancellationToken
    )
    {
        // A change between timestamp and timestamptz rewrites the table in every other time zone than UTC.
        var zone = await live.ScalarAsync<string>("SELECT pg_catalog.current_setting('TimeZone')", cancellationToken)
            .ConfigureAwait(false);
        await replay
            .Connection.ExecuteAsync("SELECT pg_catalog.set_config('TimeZone', $1, false)", cancellationToken, zone)
            .ConfigureAwait(false);
        if (
            !await replay
                .Connection.ScalarAsync<bool>(
                    "SELECT pg_catalog.current_setting('track_counts')::bool",
                    cancellationToken
                )
                .ConfigureAwait(false)
        )
        {
            throw new NotSupportedException("the server counts no scans: turn 'track_counts' on");
        }
        foreach (var version in request.Applied)
        {
            await replay.RunAsync(version, request.CodeFor, steps: null, cancellationToken).ConfigureAwait(false);
        }
    }
}
