using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// Checks a set: the engine's own checks, the schema and the rules of each database, then the rules across them. Works on storages that are
/// held by a run and on such that are only read.
/// </summary>
internal sealed class SetValidator(
    MigrationSet set,
    ExpectedSchemas expected,
    MigrationOptions options,
    TimeProvider time,
    CheckTrace trace
)
{
    /// <param name="readers">The storages; one that does not exist is left out.</param>
    /// <param name="engine">The engine's own checks of storages, where they were made already, or nothing else can be made.</param>
    /// <param name="depth">How much of the structure is checked.</param>
    /// <param name="basisOf">What is known already of the schema of a storage.</param>
    /// <param name="limits">How long it may take.</param>
    public Task<SetCheck> CheckAsync(
        IReadOnlyDictionary<IDatabaseStorage, IStorageReader> readers,
        IReadOnlyDictionary<IDatabaseStorage, StorageCheck>? engine,
        CheckDepth depth,
        Func<IDatabaseStorage, SchemaBasis> basisOf,
        WorkLimits limits
    ) => trace.WatchAsync(() => CheckAllAsync(readers, engine, depth, basisOf, limits));

    private async Task<SetCheck> CheckAllAsync(
        IReadOnlyDictionary<IDatabaseStorage, IStorageReader> readers,
        IReadOnlyDictionary<IDatabaseStorage, StorageCheck>? engine,
        CheckDepth depth,
        Func<IDatabaseStorage, SchemaBasis> basisOf,
        WorkLimits limits
    )
    {
        var validations = new List<TimedValidation>();
        var views = new Dictionary<IDatabaseStorage, StorageView>();
        var fingerprints = new Dictionary<string, SchemaFingerprint>();
        foreach (var (storage, reader) in readers)
        {
            var begun = time.GetTimestamp();
            var validation = new StorageValidation(set, storage, reader, expected, trace, limits);
            var known = engine?.GetValueOrDefault(storage);
            var view = await validation
                .RunAsync(known, options.DepthFor(storage.Bytes, depth), basisOf(storage))
                .ConfigureAwait(false);
            if (view is not null)
            {
                views[storage] = view;
            }
            validations.Add(new TimedValidation(validation, time.GetElapsedTime(begun)));
            foreach (var (database, fingerprint) in validation.Fingerprints)
            {
                fingerprints[database] = fingerprint;
            }
        }
        var checks = await EvaluateAsync(validations, views, limits).ConfigureAwait(false);
        checks.AddRange(
            set.Databases.Where(database => !readers.ContainsKey(database.Storage))
                .Select(database => Unread(database, engine?.GetValueOrDefault(database.Storage)))
        );
        return new SetCheck(checks, views.ToDictionary(view => view.Key, view => view.Value.Schema), fingerprints);
    }

    /// <summary>The rules across databases alone.</summary>
    public async Task<DatabaseCheck> CheckAcrossAsync(
        IReadOnlyDictionary<IDatabaseStorage, StorageView> views,
        WorkLimits limits
    )
    {
        var rules = set.Rules.Where(rule => rule.IsAcross);
        return Across([await Runner(views, limits).RunAsync(rules).ConfigureAwait(false)]);
    }

    /// <summary>
    /// Every schema is known by now: a rule that reads another database shares the pass over a table with the rules that do not, and each gets
    /// its own findings.
    /// </summary>
    private async Task<List<DatabaseCheck>> EvaluateAsync(
        IReadOnlyList<TimedValidation> validations,
        IReadOnlyDictionary<IDatabaseStorage, StorageView> views,
        WorkLimits limits
    )
    {
        var checks = new List<DatabaseCheck>();
        var runs = new List<RuleRun>();
        foreach (var (validation, duration) in validations)
        {
            var begun = time.GetTimestamp();
            var run = await Runner(views, limits).RunAsync(validation.Rules).ConfigureAwait(false);
            validation.Add(run);
            runs.Add(run);
            checks.AddRange(validation.Results(duration + time.GetElapsedTime(begun)));
        }
        if (set.Rules.Any(rule => rule.IsAcross))
        {
            checks.Add(Across(runs));
        }
        return checks;
    }

    private RuleRunner Runner(IReadOnlyDictionary<IDatabaseStorage, StorageView> views, WorkLimits limits) =>
        new(
            new RuleDatabases(
                set.Databases.Where(database => views.ContainsKey(database.Storage))
                    .ToDictionary(database => database.Name, database => views[database.Storage]),
                limits
            ),
            time,
            trace.Starting,
            trace.Read
        );

    private DatabaseCheck Across(IReadOnlyList<RuleRun> runs)
    {
        var found = runs.Select(run => run.Across()).ToArray();
        return new DatabaseCheck(
            set.AcrossName,
            [.. found.SelectMany(check => check.Findings)],
            [],
            found.Sum(check => check.ChecksPerformed),
            TimeSpan.FromTicks(runs.Sum(run => run.AcrossTime.Ticks))
        );
    }

    /// <summary>A database that is not there, or whose file cannot be read at all.</summary>
    private static DatabaseCheck Unread(IMigrationDatabase database, StorageCheck? damage) =>
        damage is null
            ? new DatabaseCheck(database.Name, [], [Absent(database)], 0, TimeSpan.Zero)
            : new DatabaseCheck(database.Name, damage.Findings, [], damage.ChecksPerformed, TimeSpan.Zero);

    private static ValidationWarning Absent(IMigrationDatabase database) =>
        new(
            ValidationWarningKind.NotChecked,
            null,
            $"there is no database at '{database.Storage.Path}', so nothing was checked"
        );

    private sealed record TimedValidation(StorageValidation Validation, TimeSpan Duration);
}
