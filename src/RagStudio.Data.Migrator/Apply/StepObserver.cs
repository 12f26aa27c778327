using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>Turns the steps of one database into progress, history and log.</summary>
internal sealed class StepObserver(MigrationRun run, DatabasePlan plan, ILogger logger) : IMigrationObserver
{
    private int _applied;

    public TimeSpan MigrationTimeout => run.Options.MigrationTimeout;

    public void Starting(string version)
    {
        Log.Applying(logger, run.Id, plan.Database, version);
        Report(version);
    }

    public MigrationRecord Describe(MigrationStep done) =>
        run.NewRecord(MigrationEvent.Applied, plan.Database, done.Version, done.Duration, detail: null) with
        {
            Kind = done.Kind,
            Checksum = done.Checksum,
            RollbackSql = done.RollbackSql,
        };

    public void Applied(MigrationStep done)
    {
        _applied++;
        run.AddApplied(plan.Database, done);
        Log.Applied(logger, run.Id, plan.Database, done.Version, done.Duration.TotalMilliseconds);
        Report(done.Version);
    }

    private void Report(string version) =>
        run.Report(new MigrationProgress(MigrationPhase.Apply, plan.Database, version, _applied, plan.Pending.Count));
}
