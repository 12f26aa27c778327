using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a database in which an edited migration was accepted.</summary>
/// <param name="Name">The database's name.</param>
/// <param name="OldChecksum">The checksum recorded before.</param>
/// <param name="Checksum">The checksum recorded now.</param>
internal sealed record AcceptedDatabaseDocument(string Name, string OldChecksum, string Checksum)
{
    public static AcceptedDatabaseDocument From(AcceptedMigration accepted) =>
        new(accepted.Database, accepted.OldChecksum, accepted.Checksum);
}
