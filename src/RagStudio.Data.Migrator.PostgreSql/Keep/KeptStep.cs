using RagStudio.Data.Migrator.PostgreSql.Record;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>The step of a run that drops something, or brings it back.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Owner">The owner of the migration.</param>
/// <param name="Database">The name of its database, for people.</param>
/// <param name="Version">The migration.</param>
/// <param name="Reverts">True if it is reverted.</param>
internal sealed record KeptStep(string RunId, HistoryOwner Owner, string Database, string Version, bool Reverts);
