namespace RagStudio.Data.Migrator;

/// <summary>An edited migration that was accepted in one database.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="OldChecksum">The checksum recorded until now.</param>
/// <param name="Checksum">The checksum of the program's migration, recorded from now on.</param>
public sealed record AcceptedMigration(string Database, string OldChecksum, string Checksum);
