namespace RagStudio.Data.Migrator.Providers;

/// <summary>What <see cref="IStorageReader.CloneAsync"/> is asked for.</summary>
/// <param name="Databases">The databases of the storage: a provider that cannot copy a schema replays their migrations.</param>
/// <param name="MaxRows">
/// The number of rows of each table that a provider may be content with, in addition to those to which they refer; 0 for
/// all rows.
/// </param>
public sealed record CloneRequest(IReadOnlyList<ClonedDatabase> Databases, int MaxRows);
