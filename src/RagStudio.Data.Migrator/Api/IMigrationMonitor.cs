namespace RagStudio.Data.Migrator;

/// <summary>
/// Reports what the migrator of this application does, whether the start-up or a call of
/// <see cref="IMigrationManager"/> began the run. Safe to use from several threads.
/// </summary>
/// <remarks>
/// <para>
/// A subscription covers one run: the current one, otherwise the last one or, before any run, the first. It receives
/// the last progress of that run, then everything that follows, then <c>OnCompleted</c>, or <c>OnError</c> with the
/// exception that the run's caller receives. Subscribe again for the next run. Overlapping runs of one process count as
/// a single one, which fails if any of them does.
/// </para>
/// <para>
/// Calls to an observer never overlap and may come from any thread. An exception from an observer ends only its own
/// subscription. An <see cref="IProgress{T}"/> of <see cref="MigrationProgress"/> that is registered as a service also
/// receives the progress of every run.
/// </para>
/// </remarks>
public interface IMigrationMonitor : IObservable<MigrationProgress>
{
    /// <summary>The present state of the run, or the result of the last one.</summary>
    MigrationRunState Current { get; }
}
