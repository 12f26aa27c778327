using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Undo;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>The source of a copy: held, up to date and valid. It is only changed by its mark.</summary>
internal sealed class CopySource(LockedSet locked, CopyOptions options)
{
    private readonly MigrationRun _run = locked.Run;

    /// <summary>Where it is, for people.</summary>
    public string Name => NameOf(_run.Set);

    /// <summary>The tables that stay behind.</summary>
    public IReadOnlyList<string> LeftBehind { get; private set; } = [];

    public static string NameOf(MigrationSet set) =>
        string.Join(", ", set.Storages.Select(storage => storage.DisplayName));

    /// <exception cref="DatabaseMovedException">All of it was copied before.</exception>
    /// <exception cref="CopyRefusedException">It cannot be copied as it is.</exception>
    public async Task DemandReadyAsync(CancellationToken cancellationToken)
    {
        await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
        var plans = await new RunPlanner(locked).ReadMovedAsync(cancellationToken).ConfigureAwait(false);
        if (plans.All(plan => plan.MovedTo is not null))
        {
            DatabaseMovedException.ThrowIfMoved(plans.Select(plan => (plan.Database, plan.MovedTo)));
        }
        // A kill between two marks leaves some: the copy is known by what is in it.
        var verdict = MigrationPlanner.Judge(
            [.. plans.Select(plan => plan with { MovedTo = null })],
            UnknownMigrationPolicy.Refuse
        );
        if (verdict != MigrationVerdict.UpToDate)
        {
            throw new CopyRefusedException(
                $"'{Name}' is not up to date ({verdict}): run 'ragstudio-db status', and 'ragstudio-db migrate' if migrations are pending."
            );
        }
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await DemandKnownTablesAsync().ConfigureAwait(false);
    }

    /// <summary>Checks it with every rule.</summary>
    /// <exception cref="CopyRefusedException">It has damage.</exception>
    public async Task ValidateAsync(CancellationToken cancellationToken)
    {
        var limits = new WorkLimits(_run.Options.ValidationTimeout, cancellationToken);
        var trace = new CheckTrace(_run.Set, _run.Report, () => null, _run.Time);
        var check = await new SetValidator(_run.Set, _run.Services.Expected, _run.Options, _run.Time, trace)
            .CheckAsync(
                locked.All.ToDictionary(one => one.Storage, IStorageReader (one) => one.Session),
                engine: null,
                CheckDepth.Full,
                _ => default,
                limits
            )
            .ConfigureAwait(false);
        ValidationReport[] reports = [.. check.Databases.Select(database => database.Report())];
        if (Array.Find(reports, report => report.ErrorCount > 0) is { } damaged)
        {
            throw new CopyRefusedException(
                $"'{damaged.Database}' has {damaged.ErrorCount} error(s), for example: {damaged.Errors[0].Detail.TrimEnd('.')}. Run 'ragstudio-db validate' and repair them first.",
                reports: reports
            );
        }
    }

    /// <summary>Writes the marks, from here on until all of them are there.</summary>
    public async Task MarkAsync(string destination)
    {
        foreach (var database in _run.Set.Databases)
        {
            await locked[database.Storage]
                .MarkAsync(
                    database,
                    _run.NewRecord(MigrationEvent.Moved, database.Name, version: null, _run.Elapsed, destination)
                )
                .ConfigureAwait(false);
            CrashPoints.Pass("Marking");
        }
        foreach (var (_, session) in locked.All.Where(one => one.Session.Undo == UndoMethod.Transaction))
        {
            await session.CommitAsync().ConfigureAwait(false);
            CrashPoints.Pass("Marked");
        }
    }

    /// <summary>
    /// Keeps everybody from writing, before anything is checked. What is read and the mark are one transaction, where the
    /// storage has it for a run.
    /// </summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var (storage, session) in locked.All.Where(one => one.Session.Undo == UndoMethod.Transaction))
        {
            PlannedSteps[] none = [.. _run.Set.In(storage).Select(database => new PlannedSteps(database, [], false))];
            await session.BeginAsync(none, _run.Options.LockTimeout, cancellationToken).ConfigureAwait(false);
        }
        foreach (var (storage, session) in locked.All)
        {
            await (
                session.Bulk?.HoldAsync(TablesIn(storage), _run.Options.LockTimeout, cancellationToken)
                ?? Task.CompletedTask
            ).ConfigureAwait(false);
        }
    }

    private BulkTable[] TablesIn(IDatabaseStorage storage) =>
        [
            .. from database in _run.Set.In(storage)
            from table in database.BuildModel().Tables
            where !table.IsExcludedFromMigrations
            select new BulkTable(table, database.NameOf(table.Schema, table.Name), []),
        ];

    private async Task DemandKnownTablesAsync()
    {
        var unknown = new List<string>();
        foreach (var (storage, session) in locked.All)
        {
            var databases = _run.Set.In(storage);
            var known = databases
                .SelectMany(database =>
                    database.BuildModel().Tables.Select(table => database.NameOf(table.Schema, table.Name))
                )
                .Concat(databases.SelectMany(database => database.DerivedTables))
                .ToHashSet(databases[0].Names);
            var schema = await session.ReadSchemaAsync(databases, WorkLimits.None).ConfigureAwait(false);
            unknown.AddRange(schema.Tables.Select(table => table.Name).Where(table => !known.Contains(table)));
        }
        if (unknown.Find(table => !options.LeaveBehind.Contains(table)) is not null)
        {
            throw new CopyRefusedException(
                $"No context's model has {string.Join(", ", unknown.Where(table => !options.LeaveBehind.Contains(table)).Select(table => $"'{table}'"))}: what is in there would not be copied. If it may stay behind, say so with --leave-behind TABLE or CopyOptions.LeaveBehind."
            );
        }
        LeftBehind = unknown;
    }
}
