namespace RagStudio.Data.Migrator;

/// <summary>One line of a database's history. Lines are only ever added.</summary>
/// <param name="Id">The line's number within its database file, from 1.</param>
/// <param name="Event">What happened.</param>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Version">EF's migration id; <see langword="null"/> where the event concerns the whole database.</param>
/// <param name="Name">The id without its time stamp.</param>
/// <param name="Kind">What the migration changes.</param>
/// <param name="AppliedAt">When it happened, UTC.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Checksum">Lower-case hex SHA-256 over the migration's operations.</param>
/// <param name="RollbackSql">The SQL that reverts it; <see langword="null"/> where it has no way back.</param>
/// <param name="ProgramVersion">The version of the program that did it.</param>
/// <param name="EFVersion">The version of EF Core that did it.</param>
/// <param name="RunId">The run that it belongs to.</param>
/// <param name="Detail">The reason of a failure or of an acceptance, or a note; <see langword="null"/> where there is nothing to say.</param>
public sealed record MigrationRecord(
    long Id,
    MigrationEvent Event,
    string Database,
    string? Version,
    string? Name,
    MigrationKind? Kind,
    DateTimeOffset AppliedAt,
    TimeSpan Duration,
    string? Checksum,
    string? RollbackSql,
    string ProgramVersion,
    string EFVersion,
    string RunId,
    string? Detail
);
