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

    private readonly ConcurrentDictionary<string, RunningReplay> _running = [];
    private readonly ConcurrentDictionary<
        (string Database, bool IsReverting),
        ConcurrentDictionary<string, CompiledMigration>
    > _generated = [];

    /// <summary>
    /// True if a schema is what the applied migrations created when they were compiled, which takes no replay. False also
    /// if that is unknown, or if the application has code that may have changed it.
    /// </summary>
    public bool IsAsCompiled(IMigrationDatabase database, IReadOnlyList<string> applied, DatabaseSchema schema) =>
        FindCompiled(database, applied) is { } compiled && compiled == SchemaFingerprint.Hash(schema);

    /// <summary>The hash of what the applied migrations created when they were compiled, which takes no replay.</summary>
    public string? FindCompiled(IMigrationDatabase database, IReadOnlyList<string> applied) =>
        applied.Count == 0 || applied.Any(version => HasCode(database.Name, version))
            ? null
            : CompiledLookup.FindSchema(database, applied);

    /// <summary>
    /// The versions whose schema, when they were compiled, is a given one; <see langword="null"/> unless that is known of every
    /// version.
    /// </summary>
    public IReadOnlyList<string>? FindEqualAsCompiled(IMigrationDatabase database, DatabaseSchema schema)
    {
        string[] versions = [.. database.Migrations.Select(migration => migration.Version)];
        if (
            versions.Any(version => HasCode(database.Name, version))
            || CompiledLookup.FindCurrent(database, versions) is null
        )
        {
            return null;
        }
        string?[] compiled = [.. versions.Select((_, i) => CompiledLookup.FindSchema(database, versions[..(i + 1)]))];
        var hash = SchemaFingerprint.Hash(schema);
        return compiled.Contains(null)
            ? null
            : [.. versions.Zip(compiled).Where(pair => pair.Second == hash).Select(pair => pair.First)];
    }

    /// <summary>True if the application runs code of its own with a migration.</summary>
    public bool HasCode(string database, string version) =>
        Enum.GetValues<CodeMoment>().Any(moment => set.CodeFor(database, version, moment).Count > 0);

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
        var key = KeyOf(database, plan.Applied);
        if (_running.TryRemove(key, out var running))
        {
            using (running)
            {
                if (await running.WaitAsync(report, cancellationToken).ConfigureAwait(false) is { } replayed)
                {
                    return replayed;
                }
            }
        }
        return await ReplayOnceAsync(database, key, plan.Applied, report, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Begins to determine the schema on another core, while a run does something else. Does nothing if the replay would
    /// share with the run what belongs to the application: its code, or a context that it has configured.
    /// </summary>
    public void Begin(IMigrationDatabase database, IReadOnlyList<string> applied)
    {
        var plan = MigrationPlanner.Compare(database, applied);
        var key = KeyOf(database, plan.Applied);
        if (
            database.CanReplayBesideRun
            && plan.Unknown.Count == 0
            && !_known.ContainsKey(key)
            && !database.Migrations.Any(migration => HasCode(database.Name, migration.Version))
        )
        {
            _running.GetOrAdd(
                key,
                _ => new RunningReplay((report, stop) => ReplayOnceAsync(database, key, plan.Applied, report, stop))
            );
        }
    }

    /// <summary>Ends what a run needed only for itself: replays beside it, and the commands that EF has generated.</summary>
    public void EndRun()
    {
        foreach (var key in _running.Keys)
        {
            if (_running.TryRemove(key, out var running))
            {
                running.Dispose();
            }
        }
        _generated.Clear();
    }

    /// <summary>
    /// The commands that EF has generated in this run for a database's migrations: the rehearsal, the run and the replay
    /// share them.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="isReverting">True for the commands that revert them. They have none that apply.</param>
    public ConcurrentDictionary<string, CompiledMigration> GeneratedFor(
        IMigrationDatabase database,
        bool isReverting = false
    ) => _generated.GetOrAdd((database.Name, isReverting), _ => new(MigrationIdComparer.Default));

    private static string KeyOf(IMigrationDatabase database, IEnumerable<string> applied) =>
        string.Join('\n', applied.Prepend(database.Name));

    private async Task<DatabaseSchema> ReplayOnceAsync(
        IMigrationDatabase database,
        string key,
        IReadOnlyList<string> versions,
        Action<long, long>? report,
        CancellationToken cancellationToken
    )
    {
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
            return _known[key] =
                await ContinueAsync(database, versions, report, cancellationToken).ConfigureAwait(false)
                ?? await ReplayAsync(database, versions, DatabaseSchema.Empty, report, cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (SchemaUnknownException failure)
        {
            _unknown[key] = failure;
            throw;
        }
    }

    /// <summary>Continues where another replay has ended, which builds the models of the rest only.</summary>
    /// <returns>The schema; <see langword="null"/> if there was none, or nothing can be added to it by itself.</returns>
    private async Task<DatabaseSchema?> ContinueAsync(
        IMigrationDatabase database,
        IReadOnlyList<string> versions,
        Action<long, long>? report,
        CancellationToken cancellationToken
    )
    {
        for (var count = _known.IsEmpty ? 0 : versions.Count - 1; count > 0; count--)
        {
            if (_known.TryGetValue(KeyOf(database, versions.Take(count)), out var known) && known.Statements.Count > 0)
            {
                try
                {
                    return await ReplayAsync(database, [.. versions.Skip(count)], known, report, cancellationToken)
                        .ConfigureAwait(false);
                }
                catch (SchemaUnknownException)
                {
                    return null;
                }
            }
        }
        return null;
    }

    /// <summary>
    /// The commands that are known: the compiled or archived ones, and those that EF has generated in this run;
    /// <see langword="null"/> if there are none.
    /// </summary>
    private CompiledSteps? StepsFor(IMigrationDatabase database, IReadOnlyList<string> versions)
    {
        var generated = GeneratedFor(database);
        var steps =
            CompiledLookup.FindCurrent(database, versions)
            ?? CompiledSteps.Uncompiled(versions, MigrationTarget.Latest);
        CompiledMigration[] known =
        [
            .. steps.Migrations.Select(one => one.IsLeftToEF ? generated.GetValueOrDefault(one.Version) ?? one : one),
        ];
        return Array.TrueForAll(known, one => one.IsLeftToEF) ? null : steps with { Migrations = known };
    }

    /// <summary>Determines the schema of every version, in one replay.</summary>
    /// <returns>The versions up to the first one that cannot be replayed, and why that is so.</returns>
    public async Task<(
        IReadOnlyList<(string Version, DatabaseSchema Schema)> Versions,
        string? Problem
    )> ReplayEachAsync(IMigrationDatabase database, Action<long, long>? report, CancellationToken cancellationToken)
    {
        string[] versions = [.. database.Migrations.Select(migration => migration.Version)];
        var schemas = new List<(string Version, DatabaseSchema Schema)>();
        try
        {
            await database
                .ReplayEachAsync(
                    versions,
                    StepsFor(database, versions),
                    (version, when) => set.CodeFor(database.Name, version, when),
                    (version, schema) =>
                    {
                        schemas.Add((version, schema));
                        report?.Invoke(schemas.Count, versions.Length);
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            return (schemas, null);
        }
        // As in a replay of all of them: the rest stays unknown, and the reason is told.
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (schemas, failure.Message);
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
                            StepsFor(database, versions),
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
