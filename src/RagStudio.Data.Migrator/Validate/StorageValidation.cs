using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>A single validation of a storage and the databases in it.</summary>
internal sealed class StorageValidation(
    MigrationSet set,
    IDatabaseStorage storage,
    IStorageReader reader,
    CheckScope scope,
    ExpectedSchemas expected,
    CheckTrace trace,
    WorkLimits limits
)
{
    private readonly IReadOnlyList<IMigrationDatabase> _databases = set.In(storage);
    private readonly List<ValidationFinding> _findings = [];
    private readonly List<DatabaseFinding> _ofRules = [];
    private readonly List<ValidationWarning> _warnings = [];
    private readonly Dictionary<string, IReadOnlyList<ValidationFinding>> _edited = [];
    private readonly Dictionary<string, DatabaseState> _states = [];
    private SchemaCheck? _schema;
    private int _checks;

    /// <summary>The rules of its databases, including those across databases.</summary>
    public IEnumerable<DatabaseRule> Rules => set.Rules.Where(rule => _databases.Any(d => d.Name == rule.Database));

    private string First => _databases[0].Name;

    /// <summary>
    /// The fingerprint of each database whose schema was found as expected, which later shows that nothing
    /// has changed.
    /// </summary>
    public IReadOnlyDictionary<string, SchemaFingerprint> Fingerprints =>
        _schema?.Fingerprints ?? new Dictionary<string, SchemaFingerprint>();

    /// <summary>The schema, if it was not compared with what all applied migrations create.</summary>
    public UncomparedSchema? Uncompared => _schema?.Uncompared;

    /// <summary>Runs the checks that need no rule.</summary>
    /// <param name="engine">The results of the engine's own checks, if they were made already.</param>
    /// <param name="depth">How much of the structure is checked otherwise.</param>
    /// <param name="basis">What is already known about the schema.</param>
    /// <param name="isFullWanted">True if the user has asked for a full check, whatever the size.</param>
    /// <returns>
    /// The view for the rules; <see langword="null"/> if the structure is damaged, because no content can be
    /// trusted then.
    /// </returns>
    public async Task<StorageView?> RunAsync(
        StorageCheck? engine,
        CheckDepth depth,
        SchemaBasis basis,
        bool isFullWanted
    )
    {
        var structure = engine ?? await CheckStructureAsync(depth).ConfigureAwait(false);
        Add(structure);
        foreach (var missing in isFullWanted ? structure.Unavailable : [])
        {
            Warn(missing);
        }
        if (structure.IsDamaged)
        {
            Warn("nothing else was checked: the content of a damaged database cannot be trusted");
            return null;
        }
        await FindEditedAsync().ConfigureAwait(false);
        trace.Starting(First, "schema");
        var schema = await reader.ReadSchemaAsync(_databases, limits).ConfigureAwait(false);
        _schema = await SchemaCheck
            .CreateAsync(_databases, reader, _states, schema, expected, basis, trace.Replayed, limits)
            .ConfigureAwait(false);
        Add(new StorageCheck(_schema.Findings, _schema.ChecksPerformed));
        _warnings.AddRange(_schema.Warnings);
        _warnings.AddRange(await reader.FindPerformanceIssuesAsync(schema, limits).ConfigureAwait(false));
        return new StorageView(reader, schema);
    }

    private async Task<StorageCheck> CheckStructureAsync(CheckDepth depth)
    {
        if (scope.IsSchema)
        {
            return StorageCheck.Clean;
        }
        trace.Starting(First, StorageCheck.Structure);
        return scope.Tables is { } tables
            ? await reader.CheckAsync(tables, depth, limits).ConfigureAwait(false)
            : await reader.CheckAsync(depth, limits).ConfigureAwait(false);
    }

    /// <summary>Adds the findings of its databases' rules, except those across databases.</summary>
    public void Add(RuleRun run)
    {
        foreach (var result in run.Results.Where(result => !result.Rule.IsAcross))
        {
            _ofRules.AddRange(
                result.Findings.All.Select(finding => new DatabaseFinding(result.Rule.Database, finding))
            );
            _checks++;
        }
    }

    /// <summary>Returns the findings by the database that owns the table or the rule.</summary>
    public IEnumerable<DatabaseCheck> Results(TimeSpan duration)
    {
        var found = NamedConstraints
            .Subtract(_findings, [.. _ofRules.Select(rule => rule.Finding)], _databases[0].Names)
            .Select(finding => new DatabaseFinding(OwnerOf(finding.Table), finding))
            .Concat(_ofRules)
            .ToLookup(found => found.Database, found => found.Finding);
        return _databases.Select(database => new DatabaseCheck(
            database.Name,
            [.. _edited.GetValueOrDefault(database.Name) ?? [], .. found[database.Name]],
            [.. _warnings.Where(warning => OwnerOf(warning.Table) == database.Name)],
            _checks,
            duration
        )
        {
            Tables = scope.Tables,
        });
    }

    private void Add(StorageCheck check)
    {
        _findings.AddRange(check.Findings);
        _checks += check.ChecksPerformed;
        _warnings.AddRange(check.Warnings);
        foreach (var what in check.NotChecked)
        {
            Warn(what);
        }
    }

    private async Task FindEditedAsync()
    {
        foreach (var database in _databases)
        {
            var state = _states[database.Name] = await reader.ReadAsync(database, limits.Token).ConfigureAwait(false);
            var plan = MigrationPlanner.Compare(
                database,
                state,
                (done, total) => trace.Compared(database.Name, done, total)
            );
            _edited[database.Name] = EditedMigrations.Find(plan);
            if (plan.MovedTo is { } destination)
            {
                _warnings.Add(
                    new ValidationWarning(
                        ValidationWarningKind.Moved,
                        null,
                        $"the data of '{database.Name}' has moved: {destination}"
                    )
                );
            }
        }
        _checks++;
    }

    private void Warn(string detail) =>
        _warnings.Add(new ValidationWarning(ValidationWarningKind.NotChecked, null, detail));

    private string OwnerOf(string? table) => _schema?.OwnerOf(table) ?? First;
}
