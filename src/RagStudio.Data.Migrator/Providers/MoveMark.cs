namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The mark of a database whose data was copied elsewhere: a row in EF's history that comes after every migration, and a
/// line of the migrator's history that says where the data is. A program that does not know the mark takes the database
/// for a newer one.
/// </summary>
public static class MoveMark
{
    /// <summary>The id of the row in EF's history.</summary>
    public const string Version = "99991231235959_MovedToAnotherDatabase";

    /// <summary>Determines if ids of EF's history contain the mark.</summary>
    /// <param name="applied">The ids.</param>
    /// <returns>True if they do.</returns>
    public static bool IsIn(IReadOnlyList<string> applied)
    {
        ArgumentNullException.ThrowIfNull(applied);
        return applied.Contains(Version, StringComparer.Ordinal);
    }

    /// <summary>Separates the mark from a state.</summary>
    /// <param name="state">The state, with the mark among its ids.</param>
    /// <param name="destination">The detail of the newest line <see cref="MigrationEvent.Moved"/> of the storage.</param>
    /// <returns>The state of a moved database; without such a line, the state as it is.</returns>
    public static DatabaseState Apply(DatabaseState state, string? destination)
    {
        ArgumentNullException.ThrowIfNull(state);
        return destination is null
            ? state
            : state with
            {
                Applied = [.. state.Applied.Where(id => id != Version)],
                MovedTo = destination,
            };
    }
}
