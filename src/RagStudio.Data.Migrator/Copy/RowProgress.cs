using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>Counts the rows of all passes of a copy, and estimates the time left from their speed.</summary>
internal sealed class RowProgress(MigrationRun run, long total)
{
    private const int RowsBetweenReports = 5000;

    private readonly long _begun = run.Time.GetTimestamp();
    private long _done;

    /// <summary>Counts a row of a table.</summary>
    public void Count(MigrationPhase phase, CopyTable table)
    {
        if (++_done % RowsBetweenReports == 0)
        {
            Report(phase, table);
        }
    }

    /// <summary>Reports a table that begins or ends.</summary>
    public void Report(MigrationPhase phase, CopyTable table)
    {
        var elapsed = run.Time.GetElapsedTime(_begun);
        run.Report(
            new MigrationProgress(
                phase,
                table.Database.Name,
                Completed: _done,
                Total: Math.Max(total, _done),
                Check: table.Target.Name
            )
            {
                Unit = ProgressUnit.Rows,
                TimeLeft = _done == 0 ? null : elapsed * (Math.Max(0, total - _done) / (double)_done),
            }
        );
    }
}
