namespace RagStudio.Data.Migrator.PostgreSql;

/// <summary>What an external backup has to contain before a run goes on.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Server">The host, the port and the name of the database on its server.</param>
/// <param name="RunId">The id of the run.</param>
/// <param name="Losses">What the run drops and cannot keep, a clause each, with the reason.</param>
public sealed record ExternalBackupRequest(string Database, string Server, string RunId, IReadOnlyList<string> Losses);
