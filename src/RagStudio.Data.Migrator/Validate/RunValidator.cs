using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Validates the result of a run. Damage that existed before the run does not fail it.</summary>
internal sealed class RunValidator(LockedSet locked)
{
    private readonly MigrationRun _run = locked.Run;

    private WorkLimits Limits(CancellationToken cancellationToken) =>
        new(_run.Options.ValidationTimeout, cancellationToken);

    /// <summary>Measures the state before the run, while nothing has changed.</summary>
    /// <param name="backup">The backup, which includes the engine's own checks and the row counts.</param>
    /// <param name="cancellationToken">Stops the checks, even within a query.</param>
    public async Task<RunBaseline> MeasureAsync(CreatedBackup backup, CancellationToken cancellationToken)
    {
        var existing = locked.All.Where(pair => pair.Session.Existed).ToArray();
        if (!_run.Options.ValidateAfterMigration || existing.Length == 0)
        {
            return RunBaseline.Nothing;
        }
        try
        {
            var limits = Limits(cancellationToken);
            var check = await Validator(MigrationPhase.BackUp)
                .CheckAsync(
                    existing.ToDictionary(pair => pair.Storage, IStorageReader (pair) => pair.Session),
                    backup.Checks,
                    _run.Options.CheckDepth,
                    BasisBefore,
                    limits,
                    _run.ChecksTouched ? _ => CheckScope.Schema : null
                )
                .ConfigureAwait(false);
            _run.Report(new MigrationProgress(MigrationPhase.BackUp, Check: "rows"));
            var rows = await CountRowsAsync(check.Schemas, storage => RowsIn(backup.Set, storage), limits)
                .ConfigureAwait(false);
            return new RunBaseline(check, rows, _run.ChecksTouched ? backup.Set : null);
        }
        catch (Exception failure) when (failure is not (MigrationException or OperationCanceledException))
        {
            throw new RunFailedException(_run.Activity, _run.Phase, DataState.Unchanged, failure);
        }
    }

    /// <summary>
    /// Determines beforehand which schema the run has to leave where others would wait for that: replaying the migrations
    /// takes longer than applying the pending ones.
    /// </summary>
    /// <param name="before">The state before the run.</param>
    /// <param name="steps">The migrations that it is going to run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ExpectAsync(
        RunBaseline before,
        IReadOnlyList<DatabasePlan> steps,
        CancellationToken cancellationToken
    )
    {
        if (
            locked.Undo != UndoMethod.Transaction
            || _run.Options.IsRehearsal
            || before.Rows.Count == 0
            || !_run.Options.RollbackOnFailure
            || steps.All(step => step.Versions.Count == 0)
        )
        {
            return;
        }
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_run.Options.ValidationTimeout);
        try
        {
            foreach (var step in steps.Where(step => locked[step.Database.Storage].Existed))
            {
                await ExpectAsync(step, deadline.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RunFailedException(
                _run.Activity,
                _run.Phase,
                DataState.Unchanged,
                new TimeoutException(
                    $"Replaying the migrations timed out after {_run.Options.ValidationTimeout.TotalSeconds:0.###} s."
                )
            );
        }
    }

    private async Task ExpectAsync(DatabasePlan step, CancellationToken cancellationToken)
    {
        var (database, order) = (step.Database, MigrationIdComparer.Default);
        var state = await locked[database.Storage].ReadAsync(database, cancellationToken).ConfigureAwait(false);
        string[] applied = step.IsReverting
            ? [.. state.Applied.Except(step.Versions, order)]
            : [.. state.Applied.Concat(step.Versions)];
        if (
            _run.Set.In(database.Storage).Count == 1
            && _run.Services.Expected.FindCompiled(database, applied) is not null
        )
        {
            return;
        }
        try
        {
            await _run
                .Services.Expected.GetAsync(
                    database,
                    applied,
                    (done, total) =>
                        _run.Report(ReplayProgress.Schema(database.Name, done, total) with { Phase = _run.Phase }),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (SchemaUnknownException)
        {
            // The comparison finds it unknown too, and tells why.
        }
    }

    /// <summary>Validates the state after the run.</summary>
    /// <param name="before">The state before it.</param>
    /// <param name="steps">The migrations that it ran.</param>
    /// <param name="cancellationToken">Stops the checks, even within a query.</param>
    /// <returns>A report for each database, without errors.</returns>
    /// <exception cref="FailedValidationException">The run caused damage.</exception>
    public async Task<IReadOnlyList<ValidationReport>> ValidateAsync(
        RunBaseline before,
        IReadOnlyList<DatabasePlan> steps,
        CancellationToken cancellationToken
    )
    {
        if (!_run.Options.ValidateAfterMigration)
        {
            return [];
        }
        foreach (var (_, session) in locked.All)
        {
            await session.PrepareChecksAsync().ConfigureAwait(false);
        }
        var limits = Limits(cancellationToken);
        var scopes = locked.All.ToDictionary(pair => pair.Storage, ScopeOf);
        var after = await Validator(MigrationPhase.Validate)
            .CheckAsync(
                locked.All.ToDictionary(pair => pair.Storage, IStorageReader (pair) => pair.Session),
                engine: null,
                _run.Options.CheckDepth,
                storage => BasisAfter(storage, before.Check, steps),
                limits,
                storage => scopes[storage],
                before.Check.Sizes
            )
            .ConfigureAwait(false);
        if (before.Copies is { } copies && HasNew(before.Check, after))
        {
            before = before with
            {
                Check = await AddFoundInAsync(copies, before.Check, scopes, limits).ConfigureAwait(false),
            };
        }
        var lost = await FindLostRowsAsync(before, after, steps, scopes, limits).ConfigureAwait(false);
        var reports = after
            .Databases.Select(check =>
                NewDamage.Report(
                    check with
                    {
                        Warnings = [.. _run.WarningsOf(check.Database), .. check.Warnings],
                    },
                    Beside(before.Check, check.Database),
                    lost[check.Database],
                    finding => Tolerates(finding) || IsNewlyVisible(finding, before),
                    finding => IsNotEnforced(finding, check.Database)
                )
            )
            .ToArray();
        if (reports.Any(report => report.ErrorCount > 0))
        {
            throw new FailedValidationException(reports);
        }
        await RememberAsync(after.Fingerprints).ConfigureAwait(false);
        _run.Uncompared =
        [
            .. before.Check.Uncompared.Join(
                after.Uncompared,
                schema => schema.Database,
                schema => schema.Database,
                (then, now) => (then, now)
            ),
        ];
        return reports;
    }

    private CheckScope ScopeOf(LockedStorage one)
    {
        if (!_run.ChecksTouched)
        {
            return CheckScope.Everything;
        }
        var touched = one.Session.EndObservation();
        var database = _run.Set.In(one.Storage)[0];
        if (touched.Names is null)
        {
            Log.EverythingChecked(_run.Logger, _run.Id, database.Name, touched.Gap!);
            return CheckScope.Everything;
        }
        return CheckScope.Of(touched.Names, database.Names);
    }

    private static bool HasNew(SetCheck before, SetCheck after) =>
        after.Databases.Any(check => NewDamage.Find(before.FindingsOf(check.Database), check.Findings).Count > 0);

    /// <summary>
    /// Adds what the same checks find in the backup: that is what was there before the run.
    /// </summary>
    private async Task<SetCheck> AddFoundInAsync(
        BackupSet copies,
        SetCheck before,
        Dictionary<IDatabaseStorage, CheckScope> scopes,
        WorkLimits limits
    )
    {
        var readers = new Dictionary<IDatabaseStorage, IStorageReader>();
        try
        {
            foreach (var (storage, _) in locked.All)
            {
                if (_run.Backups.Match.CopyOf(copies, storage)?.File is { } file)
                {
                    readers[storage] = await storage
                        .OpenCopyAsync(_run.Backups.PathOf(copies, file), _run.Set.In(storage))
                        .ConfigureAwait(false);
                }
            }
            // The schemas have been compared already.
            var found = await Validator(MigrationPhase.Validate)
                .CheckAsync(
                    readers,
                    engine: null,
                    _run.Options.CheckDepth,
                    _ => SchemaBasis.New,
                    limits,
                    storage => scopes[storage]
                )
                .ConfigureAwait(false);
            ThrowIfDamaged(found);
            return before with
            {
                Databases =
                [
                    .. found.Databases.Select(check =>
                        check with
                        {
                            Findings =
                            [
                                .. before.FindingsOf(check.Database),
                                .. NewDamage.Find(before.FindingsOf(check.Database), check.Findings),
                            ],
                        }
                    ),
                ],
            };
        }
        finally
        {
            foreach (var reader in readers.Values)
            {
                await reader.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>A run may not be made on a damaged structure, even if that is only discovered after it.</summary>
    private void ThrowIfDamaged(SetCheck before)
    {
        foreach (var database in _run.Set.Databases)
        {
            var check = new StorageCheck([.. before.FindingsOf(database.Name)], 1);
            if (check.IsDamaged)
            {
                throw check.DescribeDamage(database.Storage, MigrationPhase.BackUp);
            }
        }
    }

    /// <summary>
    /// The earlier findings in a database's storage. After the run a table may be attributed to another
    /// database, because the run has made more migrations known.
    /// </summary>
    private IEnumerable<ValidationFinding> Beside(SetCheck before, string database) =>
        _run.Set.Databases.FirstOrDefault(candidate => candidate.Name == database) is { } found
            ? _run.Set.In(found.Storage).SelectMany(other => before.FindingsOf(other.Name))
            : before.FindingsOf(database);

    /// <summary>
    /// A storage with several databases needs a replay, because only that shows which database owns a table.
    /// </summary>
    private SchemaBasis BasisBefore(IDatabaseStorage storage) =>
        _run.Set.In(storage).Count > 1 ? default
        : _run.Activity == RunActivity.Migrate ? SchemaBasis.Later
        : SchemaBasis.Fingerprint;

    /// <summary>
    /// Determines what the check may take for granted. If the schema was as expected before, only the new
    /// migrations are replayed, on top of it. A new database was just created by what a replay would run
    /// again, so its schema is trusted. After a revert only a replay shows if everything was reverted.
    /// </summary>
    private SchemaBasis BasisAfter(IDatabaseStorage storage, SetCheck before, IReadOnlyList<DatabasePlan> steps)
    {
        var databases = _run.Set.In(storage);
        if (_run.Activity != RunActivity.Migrate || databases.Count > 1)
        {
            return default;
        }
        var versions = steps.First(step => step.Database == databases[0]).Versions;
        return !locked[storage].Existed ? SchemaBasis.New
            : before.Uncompared.FirstOrDefault(schema => schema.Database == databases[0]) is { } uncompared
                ? SchemaBasis.Onto(uncompared, versions)
            : IsAsExpected(databases[0].Name, before) ? SchemaBasis.Before(before.Schemas[storage], versions)
            : default;
    }

    /// <summary>
    /// True if the schema was exactly what the applied migrations had created, without any other objects.
    /// </summary>
    private static bool IsAsExpected(string database, SetCheck before) =>
        before.Fingerprints.GetValueOrDefault(database) is { IsCompared: true }
        && !before
            .Databases.First(check => check.Database == database)
            .Warnings.Any(warning =>
                warning.Kind is ValidationWarningKind.UnexpectedTable or ValidationWarningKind.UnexpectedObject
            );

    /// <summary>Stores fingerprints, so a later status detects a changed schema with a single small read.</summary>
    private async Task RememberAsync(IReadOnlyDictionary<string, SchemaFingerprint> fingerprints)
    {
        foreach (var database in _run.Set.Databases.Where(database => fingerprints.ContainsKey(database.Name)))
        {
            await locked[database.Storage]
                .WriteCacheAsync(database, new DatabaseCache { Schema = fingerprints[database.Name] })
                .ConfigureAwait(false);
        }
    }

    private SetValidator Validator(MigrationPhase phase) =>
        new(
            _run.Set,
            _run.Services.Expected,
            _run.Options,
            _run.Time,
            new CheckTrace(
                _run.Set,
                step => _run.Report(step with { Phase = phase }),
                () => _run.Trace.Innermost,
                _run.Time
            )
        );

    /// <summary>
    /// True if a new finding is only a warning: a revert must stay possible even if a <c>Down</c> leaves a
    /// default behind, and a backup is restored as it is.
    /// </summary>
    private bool Tolerates(ValidationFinding finding) =>
        // A foreign key to columns that are not a key loses nothing, and EF creates it without an error. A sequence that is
        // behind loses nothing either. An application that has lived with them must be able to update.
        finding.Check
            is StorageCheck.ForeignKeys
                or StorageCheck.Sequences
        || _run.Activity switch
        {
            RunActivity.Restore when finding.Kind == ValidationErrorKind.CrossDatabaseConstraintViolation =>
                !_run.LeavesDatabases,
            RunActivity.Restore => finding.Check != StorageCheck.Structure || _run.Options.RestoreDamaged,
            RunActivity.Rollback when finding.Kind == ValidationErrorKind.SchemaMismatch => true,
            // It was told before, and adopting changes no table. A leftover is dropped with its rows only on request.
            RunActivity.Adopt => finding.Kind
                is ValidationErrorKind.SchemaMismatch
                    or ValidationErrorKind.MissingTable
                    or ValidationErrorKind.LostRows,
            _ => finding.Kind == ValidationErrorKind.LostRows && _run.Options.AllowDestructive,
        };

    /// <summary>
    /// An application that has disabled foreign keys tolerates broken references, including new ones.
    /// </summary>
    private bool IsNotEnforced(ValidationFinding finding, string database) =>
        finding.Kind == ValidationErrorKind.OrphanedRecord
        && !_run.Set.Rules.Any(rule => rule.Rule.Name == finding.Check)
        && _run.Set.Databases.FirstOrDefault(one => one.Name == database) is { } found
        && !locked[found.Storage].EnforcesForeignKeys;

    /// <summary>
    /// True if a rule reads something that this run created, and finds damage in rows that existed before.
    /// The run may not have caused it, and failing would fail every further attempt.
    /// </summary>
    private bool IsNewlyVisible(ValidationFinding finding, RunBaseline before) =>
        before.Check.Schemas.Values.Any(schema => finding.Table is not null && schema.Find(finding.Table) is not null)
        && _run.Set.Rules.Any(rule =>
            rule.Rule.Name == finding.Check
            && !rule.CanRead(database => before.Check.SchemaOf(_run.Set.Storage(database)))
        );

    private async Task<ILookup<string, ValidationFinding>> FindLostRowsAsync(
        RunBaseline before,
        SetCheck after,
        IReadOnlyList<DatabasePlan> steps,
        Dictionary<IDatabaseStorage, CheckScope> scopes,
        WorkLimits limits
    )
    {
        if (_run.Activity == RunActivity.Restore || before.Rows.Count == 0)
        {
            return Array.Empty<ValidationFinding>().ToLookup(_ => "");
        }
        _run.Report(new MigrationProgress(MigrationPhase.Validate, Check: "rows"));
        var rows = await CountRowsAsync(after.Schemas, _ => null, limits, scopes).ConfigureAwait(false);
        var allowed = new AllowedRows(_run, steps);
        return _run
            .Ledgers.Where(ledger => rows.ContainsKey(ledger.Key))
            .SelectMany(ledger =>
            {
                ledger.Value.Close(rows[ledger.Key], after.Schemas[ledger.Key]);
                return RowLossCheck
                    .Find(ledger.Value.Lost.Where(loss => !_run.RelocatedTables.Contains(loss.Original)), allowed)
                    .Select(finding => new DatabaseFinding(_run.Set.In(ledger.Key)[0].Name, finding));
            })
            .ToLookup(found => found.Database, found => found.Finding);
    }

    private IReadOnlyDictionary<string, long>? RowsIn(BackupSet? backup, IDatabaseStorage storage) =>
        backup is null ? null : _run.Backups.Match.CopyOf(backup, storage)?.Rows;

    /// <summary>Counts the rows of the application's own tables.</summary>
    private async Task<IReadOnlyDictionary<IDatabaseStorage, IReadOnlyDictionary<string, long>>> CountRowsAsync(
        IReadOnlyDictionary<IDatabaseStorage, DatabaseSchema> schemas,
        Func<IDatabaseStorage, IReadOnlyDictionary<string, long>?> known,
        WorkLimits limits,
        Dictionary<IDatabaseStorage, CheckScope>? scopes = null
    )
    {
        var rows = new Dictionary<IDatabaseStorage, IReadOnlyDictionary<string, long>>();
        foreach (var (storage, schema) in schemas)
        {
            var session = locked[storage];
            var all =
                known(storage)
                ?? await (
                    scopes?[storage].Tables is { } tables
                        ? session.CountRowsAsync(tables, limits)
                        : session.CountRowsAsync(limits)
                ).ConfigureAwait(false);
            rows[storage] = all.Where(table => schema.Find(table.Key) is not null).ToDictionary();
        }
        return rows;
    }
}
