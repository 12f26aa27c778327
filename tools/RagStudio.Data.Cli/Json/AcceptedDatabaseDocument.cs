using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a database in which an edited migration was accepted.</summary>
/// <param name="Name">The database's name.</param>
/// <param name="OldChecksum">What was recorded until then.</param>
/// <param name="Checksum">What is recorded from then on.</param>
internal sealed record AcceptedDatabaseDocument(string Name, string OldChecksum, string Checksum)
{
    public static AcceptedDatabaseDocument From(AcceptedMigration accepted) =>
        new(accepted.Database, accepted.OldChecksum, accepted.Checksum);
}
