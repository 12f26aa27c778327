namespace RagStudio.Data.Migrator;

/// <summary>
/// Reports what the migrator of this application does, whether the start-up or a call of
/// <see cref="IMigrationManager"/> began the run. Safe to use from several threads.
/// </summary>
/// <remarks>
/// <para>
/// A subscription is to one run: the one that is going on, else the last, or before any run the first. It gets what that run told last, then
/// all that follows, then <c>OnCompleted</c>, or <c>OnError</c> with the exception that the run's caller gets. Subscribe again for the next run.
/// Runs of one process that overlap count as one, which fails when any of them does.
/// </para>
/// <para>
/// Calls to one observer never overlap and may come from any thread. An exception that an observer throws ends its subscription and
/// nothing else. An <see cref="IProgress{T}"/> of <see cref="MigrationProgress"/> that is registered as a service is told too, of every run.
/// </para>
/// </remarks>
public interface IMigrationMonitor : IObservable<MigrationProgress>
{
    /// <summary>The present state of the run, or the result of the last one.</summary>
    MigrationRunState Current { get; }
}
