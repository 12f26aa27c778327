using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Apply;

/// <summary>Turns the steps of one database into progress, history and log.</summary>
internal sealed class StepObserver(MigrationRun run, DatabasePlan plan) : IMigrationObserver
{
    private readonly RowLedger? _ledger = run.Ledgers.GetValueOrDefault(plan.Database.Storage);
    private string? _version;
    private int _done;
    private Activity? _activity;

    public bool IsReverting => plan.IsReverting;

    public IReadOnlyList<WatchedTable> Watched => _ledger?.Watched ?? [];

    private string Database => plan.Database.Name;

    public TimeSpan LimitOf(string version) => ProgramMigrations.For(plan.Database)[version].Known.LimitIn(run.Options);

    public IReadOnlyList<IMigrationCode> CodeFor(string version, CodeMoment moment) =>
        IsReverting ? [] : run.Set.CodeFor(Database, version, moment);

    public void ClearedOrphanedLock() => Log.ClearedOrphanedLock(run.Logger, run.Id, Database);

    public void Starting(string version)
    {
        _version = version;
        Log.Applying(run.Logger, run.Id, Database, version);
        _activity = run.Trace.BeginMigration(plan.Database, version, IsReverting);
        // Activities of the application's code become children of its migration's.
        Activity.Current = _activity ?? Activity.Current;
        Report(version);
    }

    public void Counted(IReadOnlyList<TableRows> changed) => _ledger?.Enter(plan.Database, _version!, changed);

    public void Advanced(string version, long completed, long total) =>
        run.Report(
            new MigrationProgress(MigrationPhase.Apply, Database, version, completed, total)
            {
                Unit = ProgressUnit.Items,
            }
        );

    public MigrationRecord Describe(MigrationStep done) =>
        run.NewRecord(
            IsReverting ? MigrationEvent.Reverted : MigrationEvent.Applied,
            Database,
            done.Version,
            done.Duration,
            IsReverting ? plan.Target.Describe() : ConsentRecord.Describe(run, done.Version)
        ) with
        {
            Kind = done.Kind,
            Checksum = done.Checksum,
            RollbackSql = done.RollbackSql,
        };

    public MigrationRecord Describe(string version, IMigrationCode code, TimeSpan duration) =>
        run.NewRecord(MigrationEvent.CodeRun, Database, version, duration, detail: null) with
        {
            Name = code.Name,
            Kind = MigrationKind.Data,
        };

    public void Applied(MigrationStep done)
    {
        _done++;
        run.CountStep();
        run.AddApplied(Database, done);
        run.Trace.EndMigration(_activity, plan.Database, IsReverting, (done.Kind, done.Duration));
        Log.Applied(run.Logger, run.Id, Database, done.Version, done.Duration.TotalMilliseconds);
        Report(done.Version);
    }

    public IEnumerable<IReadOnlyList<MigrationOperation>> OperationsFrom(string version)
    {
        var order = MigrationIdComparer.Default;
        var migrations = IsReverting ? plan.Database.Migrations.Reverse() : plan.Database.Migrations;
        return migrations
            .SkipWhile(known => !order.Equals(known.Version, version))
            .Select(known => ProgramMigrations.For(plan.Database)[known.Version].OperationsOf(IsReverting));
    }

    public void Rebuilt(string version, RebuiltObject found)
    {
        if (found.Unfit is null)
        {
            Log.CreatedAgain(run.Logger, run.Id, Database, version, found.Kind, found.Name, found.Table);
            return;
        }
        Log.NotCreatedAgain(run.Logger, run.Id, Database, version, found.Kind, found.Name, found.Table, found.Unfit);
        run.Warn(
            Database,
            new ValidationWarning(
                ValidationWarningKind.LostObject,
                found.Table,
                $"'{version}' rebuilt '{found.Table}', and its {found.Kind} '{found.Name}' could not be created again: {found.Unfit}"
            )
        );
    }

    public void Failed(MigrationStepException step)
    {
        if (step.Version is { } version)
        {
            run.AddFailed(Database, version, step);
            run.Trace.EndMigration(_activity, plan.Database, IsReverting, (step.Kind, step.Duration), step);
        }
    }

    /// <summary>Records that a token stopped the migration.</summary>
    public void Cancelled(Exception failure) => _activity?.Stop(failure);

    private void Report(string version) =>
        run.Report(
            new MigrationProgress(MigrationPhase.Apply, Database, version, _done, plan.Versions.Count)
            {
                Unit = ProgressUnit.Migrations,
            }
        );
}
