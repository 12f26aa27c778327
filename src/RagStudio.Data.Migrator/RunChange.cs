namespace RagStudio.Data.Migrator;

/// <summary>What a protected run does to its databases.</summary>
/// <param name="ApplyAsync">Does it.</param>
/// <param name="KeepsRows">Whether rows are kept, so that broken references that were there before are not held against it.</param>
internal readonly record struct RunChange(Func<CancellationToken, Task> ApplyAsync, bool KeepsRows);
