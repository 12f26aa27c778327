using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// Compares the schema of a storage with the one that the applied migrations of its databases create.
/// </summary>
internal sealed class SchemaCheck(
    IReadOnlyList<IMigrationDatabase> databases,
    DatabaseSchema actual,
    Action<string, long, long>? report
)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _applied = [];
    private readonly Dictionary<string, DatabaseSchema> _expected = [];
    private bool _isKnown;
    private bool _isAsRecorded;
    private bool _isWithoutReplay;
    private bool? _isAsLeft = true;

    /// <summary>The differences; empty if the expected schema is unknown.</summary>
    public IReadOnlyList<ValidationFinding> Findings { get; private set; } = [];

    public IReadOnlyList<ValidationWarning> Warnings { get; private set; } = [];

    /// <summary>True if the schema was found exactly as expected, without any other objects.</summary>
    public bool IsClean => _isKnown && Findings.Count == 0 && Warnings.Count == 0;

    /// <summary>
    /// Tells that the schema has changed since the last run, and what has changed is unknown; otherwise <see langword="null"/>.
    /// </summary>
    public string? Change { get; private set; }

    /// <summary>The schema, if it was not compared with what all applied migrations create.</summary>
    public UncomparedSchema? Uncompared { get; private set; }

    /// <summary>The number of comparisons made.</summary>
    public int ChecksPerformed => _isKnown ? 1 : 0;

    /// <summary>
    /// For each database, by name, the fingerprint that later shows that nothing has changed; empty unless
    /// the schema was as expected, or nothing can tell.
    /// </summary>
    public IReadOnlyDictionary<string, SchemaFingerprint> Fingerprints =>
        Uncompared is not null ? []
        : _isKnown && Findings.Count == 0 ? _applied.ToDictionary(pair => pair.Key, pair => Compute(pair.Value))
        : _isWithoutReplay ? _applied.ToDictionary(pair => pair.Key, pair => Compute(pair.Value).AsSeen())
        : [];

    /// <summary>Reads first what the storage records about each database.</summary>
    /// <inheritdoc cref="CreateAsync(IReadOnlyList{IMigrationDatabase}, IStorageReader, IReadOnlyDictionary{string, DatabaseState}, DatabaseSchema, ExpectedSchemas, SchemaBasis, Action{string, long, long}, WorkLimits)"/>
    public static async Task<SchemaCheck> CreateAsync(
        IReadOnlyList<IMigrationDatabase> databases,
        IStorageReader reader,
        DatabaseSchema actual,
        ExpectedSchemas expected,
        SchemaBasis basis,
        Action<string, long, long>? report,
        WorkLimits limits
    )
    {
        var states = new Dictionary<string, DatabaseState>();
        foreach (var database in databases)
        {
            states[database.Name] = await reader.ReadAsync(database, limits.Token).ConfigureAwait(false);
        }
        return await CreateAsync(databases, reader, states, actual, expected, basis, report, limits)
            .ConfigureAwait(false);
    }

    /// <param name="databases">The databases of the storage.</param>
    /// <param name="reader">Reads the storage.</param>
    /// <param name="states">What the storage records about each database, by its name.</param>
    /// <param name="actual">The storage's schema.</param>
    /// <param name="expected">The schemas that migrations create.</param>
    /// <param name="basis">What is already known.</param>
    /// <param name="report">Receives a database, the number of its migrations replayed so far, and their total.</param>
    /// <param name="limits">The time limits.</param>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    public static async Task<SchemaCheck> CreateAsync(
        IReadOnlyList<IMigrationDatabase> databases,
        IStorageReader reader,
        IReadOnlyDictionary<string, DatabaseState> states,
        DatabaseSchema actual,
        ExpectedSchemas expected,
        SchemaBasis basis,
        Action<string, long, long>? report,
        WorkLimits limits
    )
    {
        var check = new SchemaCheck(databases, actual, report);
        check.Read(states);
        if (
            basis.IsNew
            || (basis.TrustsFingerprint && check._isAsRecorded)
            || (basis.TrustsCompiled && check.IsAsCompiled(expected))
        )
        {
            check._isKnown = true;
            return check;
        }
        if (basis.ReplaysLater && check.FindUncompared() is { } uncompared)
        {
            check.Uncompared = uncompared;
            expected.Begin(uncompared.Database, uncompared.Applied);
            return check;
        }
        if (reader.CannotCompareSchema is { } reason)
        {
            check.CompareWithLastRun(new SchemaUnknownException(reason, new NotSupportedException(reason)));
            return check;
        }
        await check.CompareAsync(expected, basis, limits).ConfigureAwait(false);
        return check;
    }

    /// <summary>Compares a schema that was read before, with what all its applied migrations create.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="expected">The schemas that migrations create.</param>
    /// <param name="report">Receives a database, the number of its migrations replayed so far, and their total.</param>
    /// <param name="limits">The time limits.</param>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    public static async Task<SchemaCheck> CreateAsync(
        UncomparedSchema schema,
        ExpectedSchemas expected,
        Action<string, long, long>? report,
        WorkLimits limits
    )
    {
        var check = new SchemaCheck([schema.Database], schema.Schema, report) { _isAsLeft = null };
        check._applied[schema.Database.Name] = schema.Applied;
        await check.CompareAsync(expected, default, limits).ConfigureAwait(false);
        return check;
    }

    /// <summary>
    /// The database that owns a table or view in a shared file; the first one if no database creates it.
    /// </summary>
    public string OwnerOf(string? table) =>
        (table is null ? null : databases.FirstOrDefault(database => Makes(database.Name, table)))?.Name
        ?? databases[0].Name;

    private bool Makes(string database, string name) =>
        _expected.GetValueOrDefault(database) is { } schema
        && (
            schema.Find(name) is not null
            || schema.Views.Any(view => schema.Names.Equals(view.Name, name))
            || schema.Objects.Any(other => schema.Names.Equals(other.Name, name))
        );

    /// <summary>Reads the applied ids, and if the schema is still the one last found as expected.</summary>
    private void Read(IReadOnlyDictionary<string, DatabaseState> states)
    {
        _isAsRecorded = true;
        foreach (var database in databases)
        {
            var state = states[database.Name];
            _applied[database.Name] = state.Applied;
            var (recorded, now) = (state.Cache.Schema, Compute(state.Applied));
            _isAsRecorded &= recorded == now;
            _isAsLeft =
                _isAsLeft is null || recorded?.AsSeen().Applied != now.AsSeen().Applied
                    ? null
                    : _isAsLeft.Value && recorded.Schema == now.Schema;
        }
    }

    /// <summary>Tells nothing of a storage with several databases: the schema is that of all of them.</summary>
    private bool IsAsCompiled(ExpectedSchemas expected) =>
        databases is [var only] && expected.IsAsCompiled(only, _applied[only.Name], actual);

    /// <summary>
    /// Only on a schema that can be recreated can a replay show what migrations make of it, whatever it is.
    /// </summary>
    private UncomparedSchema? FindUncompared() =>
        databases is [var only] && actual.Statements.Count > 0
            ? new UncomparedSchema(only, _applied[only.Name], actual)
            : null;

    private SchemaFingerprint Compute(IReadOnlyList<string> applied) => SchemaFingerprint.Compute(applied, actual);

    private async Task CompareAsync(ExpectedSchemas expected, SchemaBasis basis, WorkLimits limits)
    {
        try
        {
            await ReplayAsync(expected, basis, limits).ConfigureAwait(false);
            Compare();
            if (basis.Uncompared is { } before && (Uncompared is null || Findings.Count > 0))
            {
                await SubtractAsync(before, expected, limits).ConfigureAwait(false);
            }
        }
        catch (SchemaUnknownException unknown)
        {
            CompareWithLastRun(unknown);
        }
    }

    /// <summary>
    /// Keeps only what was not different before. The schema could not be recreated, or a run has kept what a replay loses:
    /// a trigger that was created by hand, on a table that EF rebuilds.
    /// </summary>
    private async Task SubtractAsync(UncomparedSchema before, ExpectedSchemas expected, WorkLimits limits)
    {
        await ReplayAsync(expected, default, limits).ConfigureAwait(false);
        Compare();
        var earlier = await CreateAsync(before, expected, report, limits).ConfigureAwait(false);
        Findings = NewDamage.Find(earlier.Findings, Findings);
        Uncompared = FindUncompared();
    }

    /// <summary>Where nothing can tell what the migrations create, tells at least if anything else has changed the schema.</summary>
    private void CompareWithLastRun(SchemaUnknownException unknown)
    {
        var reason = $"the schema was not compared: {unknown.Message}";
        _isWithoutReplay = unknown.IsWithoutReplay;
        if (_isWithoutReplay)
        {
            reason += _isAsLeft switch
            {
                true => "; it is as the last run left it",
                false => "; it has changed since the last run",
                null => "; nothing is recorded of it yet",
            };
            Change = _isAsLeft == false ? reason : null;
        }
        Warnings = [new ValidationWarning(ValidationWarningKind.NotChecked, null, reason)];
    }

    private async Task ReplayAsync(ExpectedSchemas expected, SchemaBasis basis, WorkLimits limits)
    {
        // A replay runs the application's own migrations, which only a token can stop.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limits.Token);
        if (limits.Timeout is { } timeout)
        {
            deadline.CancelAfter(timeout);
        }
        try
        {
            foreach (var database in databases)
            {
                _expected[database.Name] = await ExpectAsync(database, expected, basis, deadline.Token)
                    .ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!limits.Token.IsCancellationRequested)
        {
            throw new TimeoutException($"Timed out after {limits.Timeout?.TotalSeconds:0.###} s.");
        }
    }

    private async Task<DatabaseSchema> ExpectAsync(
        IMigrationDatabase database,
        ExpectedSchemas expected,
        SchemaBasis basis,
        CancellationToken cancellationToken
    )
    {
        Action<long, long>? replayed = report is null ? null : (done, total) => report(database.Name, done, total);
        if (basis is { Schema: { } schema, Versions: { } versions })
        {
            try
            {
                var result = await expected
                    .ReplayAsync(database, versions, schema, replayed, cancellationToken)
                    .ConfigureAwait(false);
                Uncompared = basis.Uncompared is null ? null : FindUncompared();
                return result;
            }
            catch (SchemaUnknownException)
            {
                // A schema that cannot be recreated by itself may still be created by its migrations, which
                // register what it needs.
            }
        }
        return await expected
            .GetAsync(database, _applied[database.Name], replayed, cancellationToken)
            .ConfigureAwait(false);
    }

    private void Compare()
    {
        (Findings, Warnings) = SchemaComparer.Compare(
            DatabaseSchema.Join(_expected.Values),
            actual,
            IsTriggerOfMigration
        );
        _isKnown = true;
    }

    private bool IsTriggerOfMigration(string name) =>
        databases.Any(database =>
            database
                .Migrations.SelectMany(known => ProgramMigrations.For(database)[known.Version].Up)
                .OfType<SqlOperation>()
                .SelectMany(operation => database.Dialect.ReadStatements(operation.Sql))
                .Any(statement =>
                    statement.Kind == SqlStatementKind.CreateTrigger && database.Names.Equals(statement.Name, name)
                )
        );
}
