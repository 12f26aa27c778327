using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>The schema of a storage beside the one that the applied migrations of its databases make.</summary>
internal sealed class SchemaCheck
{
    private readonly IReadOnlyList<IMigrationDatabase> _databases;
    private readonly Dictionary<string, IReadOnlyList<string>> _applied = [];
    private readonly Dictionary<string, DatabaseSchema> _expected = [];
    private readonly DatabaseSchema _actual;
    private readonly Action<string, long, long>? _report;
    private bool _isKnown;
    private bool _isAsRecorded;

    private SchemaCheck(
        IReadOnlyList<IMigrationDatabase> databases,
        DatabaseSchema actual,
        Action<string, long, long>? report
    ) => (_databases, _actual, _report) = (databases, actual, report);

    /// <summary>How the two differ; nothing where the expected one cannot be told.</summary>
    public IReadOnlyList<ValidationFinding> Findings { get; private set; } = [];

    public IReadOnlyList<ValidationWarning> Warnings { get; private set; } = [];

    /// <summary>How many comparisons were made.</summary>
    public int ChecksPerformed => _isKnown ? 1 : 0;

    /// <summary>For each database, by its name, what tells later that nothing has changed; none unless the schema was found as expected.</summary>
    public IReadOnlyDictionary<string, SchemaFingerprint> Fingerprints =>
        _isKnown && Findings.Count == 0
            ? _applied.ToDictionary(pair => pair.Key, pair => SchemaFingerprint.Of(pair.Value, _actual))
            : [];

    /// <param name="databases">The databases of the storage.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="actual">The schema that it has.</param>
    /// <param name="expected">The schemas that migrations make.</param>
    /// <param name="basis">What is known already.</param>
    /// <param name="report">Told of which database how many migrations are replayed, of how many.</param>
    /// <param name="limits">How long it may take.</param>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    public static async Task<SchemaCheck> MakeAsync(
        IReadOnlyList<IMigrationDatabase> databases,
        IStorageReader reader,
        DatabaseSchema actual,
        ExpectedSchemas expected,
        SchemaBasis basis,
        Action<string, long, long>? report,
        WorkLimits limits
    )
    {
        var check = new SchemaCheck(databases, actual, report);
        await check.ReadAsync(reader, limits.Token).ConfigureAwait(false);
        if (basis.IsNew || (basis.TrustsFingerprint && check._isAsRecorded))
        {
            check._isKnown = true;
            return check;
        }
        try
        {
            await check.ReplayAsync(expected, basis, limits).ConfigureAwait(false);
            check.Compare();
        }
        catch (SchemaUnknownException unknown)
        {
            var reason = $"the schema was not compared: {unknown.Message}";
            check.Warnings = [new ValidationWarning(ValidationWarningKind.NotChecked, null, reason)];
        }
        return check;
    }

    /// <summary>Whose a table or view is, in a file of several databases; the first one's where none of them makes it.</summary>
    public string OwnerOf(string? table) =>
        (table is null ? null : _databases.FirstOrDefault(database => Makes(database.Name, table)))?.Name
        ?? _databases[0].Name;

    private bool Makes(string database, string name) =>
        _expected.GetValueOrDefault(database) is { } schema
        && (
            schema.Find(name) is not null
            || schema.Views.Any(view => string.Equals(view.Name, name, StringComparison.OrdinalIgnoreCase))
        );

    /// <summary>Reads what is applied, and whether the schema is the one that was last found as it should be.</summary>
    private async Task ReadAsync(IStorageReader reader, CancellationToken cancellationToken)
    {
        _isAsRecorded = true;
        foreach (var database in _databases)
        {
            var state = await reader.ReadAsync(database, cancellationToken).ConfigureAwait(false);
            var last = await reader.ReadFingerprintAsync(database, cancellationToken).ConfigureAwait(false);
            _applied[database.Name] = state.Applied;
            _isAsRecorded &= last is not null && last == SchemaFingerprint.Of(state.Applied, _actual);
        }
    }

    private async Task ReplayAsync(ExpectedSchemas expected, SchemaBasis basis, WorkLimits limits)
    {
        // A replay runs the application's own migrations, which know no limit but their token.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limits.Token);
        if (limits.Timeout is { } timeout)
        {
            deadline.CancelAfter(timeout);
        }
        try
        {
            foreach (var database in _databases)
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
        Action<long, long>? report = _report is { } tell ? (done, total) => tell(database.Name, done, total) : null;
        if (basis is { Schema: { } schema, Versions: { } versions })
        {
            try
            {
                return await expected
                    .ReplayAsync(database, versions, schema, report, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (SchemaUnknownException)
            {
                // A schema that cannot be made anew by itself may still be made by its migrations, which register what it needs.
            }
        }
        return await expected
            .GetAsync(database, _applied[database.Name], report, cancellationToken)
            .ConfigureAwait(false);
    }

    private void Compare()
    {
        var all = new DatabaseSchema(
            [.. _expected.Values.SelectMany(schema => schema.Tables)],
            [.. _expected.Values.SelectMany(schema => schema.Views)]
        );
        (Findings, Warnings) = SchemaComparer.Compare(all, _actual, IsTriggerOfMigration);
        _isKnown = true;
    }

    private bool IsTriggerOfMigration(string name) =>
        _databases.Any(database =>
            database
                .Migrations.SelectMany(known => ProgramMigrations.For(database)[known.Version].Up)
                .OfType<SqlOperation>()
                .SelectMany(operation => database.Dialect.ReadStatements(operation.Sql))
                .Any(statement =>
                    statement.Kind == SqlStatementKind.CreateTrigger
                    && string.Equals(statement.Name, name, StringComparison.OrdinalIgnoreCase)
                )
        );
}
