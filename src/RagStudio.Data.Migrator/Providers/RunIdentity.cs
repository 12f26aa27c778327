namespace RagStudio.Data.Migrator.Providers;

/// <summary>Identifies the run that holds a storage.</summary>
/// <param name="Id">The run's id in the history and the journal.</param>
/// <param name="Activity">The run's activity, for processes that wait for it.</param>
public sealed record RunIdentity(string Id, RunActivity Activity);
