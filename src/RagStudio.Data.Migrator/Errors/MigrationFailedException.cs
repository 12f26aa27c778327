namespace RagStudio.Data.Migrator;

/// <summary>A migration failed. <see cref="MigrationException.DataState"/> says what became of the data.</summary>
public sealed class MigrationFailedException : MigrationException
{
    internal MigrationFailedException(string database, string? version, DataState dataState, Exception cause)
        : base(
            MigrationPhase.Apply,
            dataState,
            $"{(version is null ? "Migrating" : $"The migration '{version}' of")} the database '{database}' failed: "
                + $"{cause.Message} {dataState.Sentence()}",
            cause
        ) => (Database, Version) = (database, version);

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    /// <summary>The migration that failed; <see langword="null"/> where EF failed outside any migration.</summary>
    public string? Version { get; }
}
