using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>The migrations of a database in a script.</summary>
/// <param name="Database">The database.</param>
/// <param name="Versions">Their ids, in order.</param>
internal sealed record ScriptedDatabase(IMigrationDatabase Database, IReadOnlyList<string> Versions);
