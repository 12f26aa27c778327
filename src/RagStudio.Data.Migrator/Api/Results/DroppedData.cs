namespace RagStudio.Data.Migrator;

/// <summary>
/// Data that a migration of a run dropped, or that came back because one was undone. Only of databases that a run undoes by
/// its transaction: a run that makes a backup has everything in it.
/// </summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Version">The migration that dropped it, or that was undone.</param>
/// <param name="What">The table, with its columns if only those are concerned.</param>
/// <param name="Fate">What has become of it.</param>
/// <param name="Rows">The number of rows that are kept or have come back; otherwise 0.</param>
/// <param name="Bytes">The size of what is kept, in bytes; otherwise 0.</param>
/// <param name="Reference">
/// The backup set, the restore point or the external backup that has it; <see langword="null"/> if none has.
/// </param>
/// <param name="Note">The same as a sentence, with what to do. It is in the history too.</param>
public sealed record DroppedData(
    string Database,
    string Version,
    string What,
    DroppedDataFate Fate,
    long Rows,
    long Bytes,
    string? Reference,
    string Note
);
