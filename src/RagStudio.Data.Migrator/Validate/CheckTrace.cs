using System.Diagnostics;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// Reports the checks of a set: progress, an activity for each check, and measurements of all of them.
/// </summary>
/// <param name="set">The set.</param>
/// <param name="report">Reports the current check.</param>
/// <param name="parent">The activity that the checks belong to.</param>
/// <param name="time">The clock.</param>
internal sealed class CheckTrace(
    MigrationSet set,
    Action<MigrationProgress> report,
    Func<Activity?> parent,
    TimeProvider time
)
{
    private Activity? _check;
    private MigrationProgress? _making;

    /// <summary>Ends the current check and begins the next one.</summary>
    public void Starting(string database, string check)
    {
        _making = new MigrationProgress(MigrationPhase.Validate, database, Check: check);
        report(_making);
        _check?.Stop(failure: null);
        _check = Telemetry.Source.HasListeners() ? Start(database, check) : null;
    }

    /// <summary>Reports the number of rows that the current check has read.</summary>
    public void Read(long rows) => report(_making! with { Completed = rows, Unit = ProgressUnit.Rows });

    /// <summary>Reports the number of replayed migrations, of those that the schema is compared with.</summary>
    public void Replayed(string database, long done, long total) =>
        report(ReplayProgress.Schema(database, done, total));

    /// <summary>Reports the number of compared checksums.</summary>
    public void Compared(string database, long done, long total) =>
        report(ReplayProgress.Checksums(MigrationPhase.Validate, database, done, total));

    public async Task<SetCheck> WatchAsync(Func<Task<SetCheck>> checkAsync)
    {
        var begun = time.GetTimestamp();
        try
        {
            var result = await checkAsync().ConfigureAwait(false);
            Measure(time.GetElapsedTime(begun), result, failure: null);
            return result;
        }
        catch (Exception failure)
        {
            Measure(time.GetElapsedTime(begun), result: null, failure);
            throw;
        }
    }

    private Activity? Start(string database, string check)
    {
        var system = set.Databases.First(candidate => candidate.Name == database).SystemName;
        var tags = Telemetry.Tags(system, database, "check");
        tags.Add(MigratorDiagnostics.CheckTag, check);
        return Telemetry.Start($"check {database}", ActivityKind.Client, parent(), tags);
    }

    private void Measure(TimeSpan duration, SetCheck? result, Exception? failure)
    {
        _check?.Stop(failure);
        _check = null;
        var tags = RunTrace.TagsOf(set, "validate");
        ErrorType.AddTo(ref tags, failure);
        ValidationInstruments.Durations.Record(duration.TotalSeconds, tags);
        foreach (var check in result?.Databases ?? [])
        {
            ValidationInstruments.Errors.Add(
                check.Findings.Sum(finding => finding.Count),
                new KeyValuePair<string, object?>(MigratorDiagnostics.NamespaceTag, check.Database)
            );
        }
    }
}
