using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// Checks a set: the engine's own checks, the schema and the rules of each database, then the rules across
/// databases. Works both on storages locked by a run and on storages that are only read.
/// </summary>
internal sealed class SetValidator(
    MigrationSet set,
    ExpectedSchemas expected,
    MigrationOptions options,
    TimeProvider time,
    CheckTrace trace
)
{
    /// <param name="readers">The storages, without those that do not exist.</param>
    /// <param name="engine">
    /// The results of the engine's own checks of storages that were checked already, or of which nothing else
    /// can be checked.
    /// </param>
    /// <param name="depth">How much of the structure is checked.</param>
    /// <param name="basisOf">Returns what is already known about the schema of a storage.</param>
    /// <param name="limits">The time limits.</param>
    /// <param name="scopeOf">Returns what is checked of a storage; <see langword="null"/> for everything.</param>
    /// <param name="sizes">
    /// The sizes of storages as they were before a run: a check after it goes as deep, and asks no server while others wait.
    /// </param>
    public Task<SetCheck> CheckAsync(
        IReadOnlyDictionary<IDatabaseStorage, IStorageReader> readers,
        IReadOnlyDictionary<IDatabaseStorage, StorageCheck>? engine,
        CheckDepth depth,
        Func<IDatabaseStorage, SchemaBasis> basisOf,
        WorkLimits limits,
        Func<IDatabaseStorage, CheckScope>? scopeOf = null,
        IReadOnlyDictionary<IDatabaseStorage, long>? sizes = null
    ) =>
        trace.WatchAsync(async () =>
        {
            var validations = new List<TimedValidation>();
            var views = new Dictionary<IDatabaseStorage, StorageView>();
            var fingerprints = new Dictionary<string, SchemaFingerprint>();
            var read = new Dictionary<IDatabaseStorage, long>();
            foreach (var (storage, reader) in readers)
            {
                var begun = time.GetTimestamp();
                var scope = scopeOf?.Invoke(storage) ?? CheckScope.Everything;
                var validation = new StorageValidation(set, storage, reader, scope, expected, trace, limits);
                var known = engine?.GetValueOrDefault(storage);
                var bytes = read[storage] =
                    sizes?.TryGetValue(storage, out var size) == true
                        ? size
                        : await storage.ReadSizeAsync(limits.Token).ConfigureAwait(false);
                var view = await validation
                    .RunAsync(known, DepthOf(scope, bytes, depth), basisOf(storage), depth == CheckDepth.Full)
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
            var checks = await EvaluateAsync(validations, views, IsConcerned, limits).ConfigureAwait(false);
            checks.AddRange(
                set.Databases.Where(database => !readers.ContainsKey(database.Storage))
                    .Select(database => Unread(database, engine?.GetValueOrDefault(database.Storage)))
            );
            return new SetCheck(checks, views.ToDictionary(view => view.Key, view => view.Value.Schema), fingerprints)
            {
                Sizes = read,
                Uncompared = [.. validations.Select(one => one.Validation.Uncompared).OfType<UncomparedSchema>()],
            };

            bool IsConcerned(DatabaseRule rule) =>
                scopeOf is null
                || rule.Rule.Tables.Any(table =>
                    scopeOf(set.Storage(table.Database ?? rule.Database)).Includes(table.Table)
                );
        });

    /// <summary>Single tables are checked in full, whatever the size of the rest.</summary>
    private CheckDepth DepthOf(CheckScope scope, long bytes, CheckDepth wanted) =>
        scope.IsEverything || wanted != CheckDepth.BySize ? options.DepthFor(bytes, wanted) : CheckDepth.Full;

    /// <summary>Checks only the rules across databases.</summary>
    public async Task<DatabaseCheck> CheckAcrossAsync(
        IReadOnlyDictionary<IDatabaseStorage, StorageView> views,
        WorkLimits limits
    )
    {
        var rules = set.Rules.Where(rule => rule.IsAcross);
        return Across([await Runner(views, limits).RunAsync(rules).ConfigureAwait(false)]);
    }

    /// <summary>
    /// Every schema is known by now, so a rule across databases shares the pass over a table with the table's
    /// other rules, and each receives its own findings.
    /// </summary>
    private async Task<List<DatabaseCheck>> EvaluateAsync(
        IReadOnlyList<TimedValidation> validations,
        IReadOnlyDictionary<IDatabaseStorage, StorageView> views,
        Func<DatabaseRule, bool> isConcerned,
        WorkLimits limits
    )
    {
        var checks = new List<DatabaseCheck>();
        var runs = new List<RuleRun>();
        foreach (var (validation, duration) in validations)
        {
            var begun = time.GetTimestamp();
            var run = await Runner(views, limits).RunAsync(validation.Rules.Where(isConcerned)).ConfigureAwait(false);
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

    /// <summary>A database that does not exist, or has a file that cannot be read at all.</summary>
    private static DatabaseCheck Unread(IMigrationDatabase database, StorageCheck? damage) =>
        damage is null
            ? new DatabaseCheck(database.Name, [], [Absent(database)], 0, TimeSpan.Zero)
            : new DatabaseCheck(database.Name, damage.Findings, [], damage.ChecksPerformed, TimeSpan.Zero);

    private static ValidationWarning Absent(IMigrationDatabase database) =>
        new(
            ValidationWarningKind.NotChecked,
            null,
            $"there is no database at '{database.Storage.DisplayName}', so nothing was checked"
        );

    private sealed record TimedValidation(StorageValidation Validation, TimeSpan Duration);
}
