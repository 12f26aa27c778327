namespace RagStudio.Data.Migrator.Providers;

/// <summary>Moves the tables of a database from one storage to another of the same provider.</summary>
public interface ITableRelocation
{
    /// <summary>Finds what keeps a database from moving: references, views and triggers between its tables and others.</summary>
    /// <param name="moved">The database, which is in this storage.</param>
    /// <param name="limits">The limits of the search.</param>
    /// <returns>A sentence for people for each; empty if it can move.</returns>
    Task<IReadOnlyList<string>> FindTiesAsync(RelocatedDatabase moved, WorkLimits limits);

    /// <summary>Reads tables as they are stored.</summary>
    /// <param name="tables">The tables, which exist.</param>
    /// <param name="limits">The limits of the reading.</param>
    /// <returns>The number of rows of each, and their hash.</returns>
    Task<IReadOnlyList<RelocatedTable>> ReadAsync(IReadOnlyList<string> tables, WorkLimits limits);

    /// <summary>
    /// Reads the lines <see cref="MigrationEvent.Relocated"/> and <see cref="MigrationEvent.RelocatedAway"/> of a database's
    /// history.
    /// </summary>
    /// <param name="database">The database, which is or was in this storage.</param>
    /// <returns>The lines, the newest first.</returns>
    Task<IReadOnlyList<MigrationRecord>> ReadLinesAsync(IMigrationDatabase database);

    /// <summary>
    /// Copies the database into this storage in one transaction: its tables with everything that belongs to them, as they
    /// were defined; its rows, compared afterwards; its counters; EF's history; and its lines of the migrator's history, which
    /// are appended to the chain of this storage.
    /// </summary>
    /// <param name="moved">The database.</param>
    /// <param name="source">The storage that it is in.</param>
    /// <param name="describe">Creates the line that says so.</param>
    /// <param name="limits">The limits of the copying; if they end it, nothing is copied.</param>
    /// <returns>The tables, each equal to the original.</returns>
    Task<IReadOnlyList<RelocatedTable>> ReceiveAsync(
        RelocatedDatabase moved,
        ITableRelocation source,
        Func<IReadOnlyList<RelocatedTable>, MigrationRecord> describe,
        WorkLimits limits
    );

    /// <summary>
    /// Drops the database's tables and EF's history from this storage in one transaction. The lines of the migrator's history
    /// stay, because its chain would break.
    /// </summary>
    /// <param name="moved">The database.</param>
    /// <param name="record">The line that says so.</param>
    /// <returns>A task that ends when it is done.</returns>
    Task ReleaseAsync(RelocatedDatabase moved, MigrationRecord record);
}
