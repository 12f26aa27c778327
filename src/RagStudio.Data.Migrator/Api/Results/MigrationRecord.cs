namespace RagStudio.Data.Migrator;

/// <summary>A line of a database's history. Lines are only ever added.</summary>
/// <param name="Id">The line's number within its database file, from 1.</param>
/// <param name="Event">The event.</param>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Version">EF's migration id; <see langword="null"/> if the event concerns the whole database.</param>
/// <param name="Name">The id without its timestamp.</param>
/// <param name="Kind">The kind of change that the migration makes.</param>
/// <param name="AppliedAt">The time of the event, UTC.</param>
/// <param name="Duration">The duration.</param>
/// <param name="Checksum">The lower-case hexadecimal SHA-256 of the migration's operations.</param>
/// <param name="RollbackSql">The SQL that reverts it; <see langword="null"/> if it cannot be reverted.</param>
/// <param name="ProgramVersion">The version of the program.</param>
/// <param name="EFVersion">The version of EF Core.</param>
/// <param name="RunId">The id of the run.</param>
/// <param name="Detail">
/// The reason for a failure or an acceptance, or a note; <see langword="null"/> if there is none.
/// </param>
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
