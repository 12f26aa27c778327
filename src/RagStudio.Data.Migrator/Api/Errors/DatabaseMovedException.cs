namespace RagStudio.Data.Migrator;

/// <summary>
/// The data of a database was copied to another one, which is used instead. Nothing was changed. What is here can be read,
/// and is written again only after <see cref="IMigrationManager.ReopenAsync"/>.
/// </summary>
public sealed class DatabaseMovedException : MigrationException
{
    private DatabaseMovedException(string database, string destination)
        : base(
            MigrationPhase.Plan,
            DataState.Unchanged,
            $"The data of '{database}' has moved: {destination.TrimEnd('.')}. Nothing was changed. Configure the program for the database that has it now. To go on with what is here instead, run 'ragstudio-db reopen' or call ReopenAsync; what was written there since is then missing here."
        ) => (Database, Destination) = (database, destination);

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    /// <summary>Where the data is and when it was copied, for people, without any secret.</summary>
    public string Destination { get; }

    internal static void ThrowIfMoved(IEnumerable<(string Database, string? MovedTo)> databases)
    {
        foreach (var (database, destination) in databases)
        {
            if (destination is not null)
            {
                throw new DatabaseMovedException(database, destination);
            }
        }
    }
}
