namespace RagStudio.Data.Migrator;

/// <summary>One validation of one storage and of the databases in it.</summary>
internal sealed class StorageValidation(
    MigrationSet set,
    IDatabaseStorage storage,
    IStorageReader reader,
    ExpectedSchemas expected,
    Action<string, string> starting,
    WorkLimits limits
)
{
    private readonly IReadOnlyList<IMigrationDatabase> _databases = set.In(storage);
    private readonly Dictionary<string, DatabaseSchema> _expected = [];
    private readonly List<ValidationFinding> _findings = [];
    private readonly List<(string Database, ValidationFinding Finding)> _ofRules = [];
    private readonly List<ValidationWarning> _warnings = [];
    private int _checks;

    /// <summary>The rules of its databases, those across databases included.</summary>
    public IEnumerable<DatabaseRule> Rules => set.Rules.Where(rule => _databases.Any(d => d.Name == rule.Database));

    private string First => _databases[0].Name;

    /// <summary>Makes the checks that need no rule.</summary>
    /// <param name="engine">The engine's own, where they were made already.</param>
    /// <param name="depth">How much of the structure is checked else.</param>
    /// <returns>What the rules read; nothing where the structure is damaged, so that no content can be trusted.</returns>
    public async Task<StorageView?> RunAsync(StorageCheck? engine, CheckDepth depth)
    {
        starting(First, StorageCheck.Structure);
        var structure = engine ?? await reader.CheckAsync(depth, limits).ConfigureAwait(false);
        Add(structure);
        if (structure.IsDamaged)
        {
            return null;
        }
        starting(First, "schema");
        var schema = await reader.ReadSchemaAsync(_databases, limits).ConfigureAwait(false);
        await CompareSchemaAsync(schema).ConfigureAwait(false);
        _warnings.AddRange(await reader.FindPerformanceIssuesAsync(schema, limits).ConfigureAwait(false));
        return new StorageView(reader, schema);
    }

    /// <summary>Takes what the rules of its databases found that are not across databases.</summary>
    public void Add(RuleRun run)
    {
        foreach (var result in run.Results.Where(result => !result.Rule.IsAcross))
        {
            _ofRules.AddRange(result.Findings.All.Select(finding => (result.Rule.Database, finding)));
            _checks++;
        }
    }

    /// <summary>What was found, by the database that has the table or the rule.</summary>
    public IEnumerable<DatabaseCheck> Results(TimeSpan duration)
    {
        var found = NamedConstraints
            .Settle(_findings, [.. _ofRules.Select(rule => rule.Finding)])
            .Select(finding => (Database: OwnerOf(finding.Table), Finding: finding))
            .Concat(_ofRules)
            .ToLookup(pair => pair.Database, pair => pair.Finding);
        return _databases.Select(database => new DatabaseCheck(
            database.Name,
            [.. found[database.Name]],
            [.. _warnings.Where(warning => OwnerOf(warning.Table) == database.Name)],
            _checks,
            duration
        ));
    }

    private void Add(StorageCheck check)
    {
        _findings.AddRange(check.Findings);
        _checks += check.ChecksPerformed;
    }

    private async Task CompareSchemaAsync(DatabaseSchema actual)
    {
        try
        {
            foreach (var database in _databases)
            {
                var state = await reader.ReadAsync(database, limits.Token).ConfigureAwait(false);
                _expected[database.Name] = await expected
                    .GetAsync(database, state.Applied, limits.Token)
                    .ConfigureAwait(false);
            }
            var all = new DatabaseSchema(
                [.. _expected.Values.SelectMany(schema => schema.Tables)],
                [.. _expected.Values.SelectMany(schema => schema.Views)]
            );
            var (findings, warnings) = SchemaComparer.Compare(all, actual);
            _findings.AddRange(findings);
            _warnings.AddRange(warnings);
            _checks++;
        }
        catch (SchemaUnknownException unknown)
        {
            _warnings.Add(
                new ValidationWarning(
                    ValidationWarningKind.NotChecked,
                    null,
                    $"the schema was not compared: {unknown.Message}"
                )
            );
        }
    }

    /// <summary>In a file of several databases the tables tell whose a finding is.</summary>
    private string OwnerOf(string? table) =>
        table is null
            ? First
            : _databases.FirstOrDefault(d => _expected.GetValueOrDefault(d.Name)?.Find(table) is not null)?.Name
                ?? First;
}
