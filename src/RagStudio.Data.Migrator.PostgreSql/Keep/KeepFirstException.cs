namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>
/// A run has dropped what it has to keep, and is made again: what is kept is copied before the migration that drops it
/// begins.
/// </summary>
internal sealed class KeepFirstException()
    : Exception("The run dropped data that it had not kept. It is rolled back and made again.");
