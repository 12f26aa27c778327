namespace RagStudio.Data.Migrator.Validate;

/// <summary>A difference between two schemas.</summary>
/// <param name="Key">The object: what one schema lacks has the same key as what the other has beyond it.</param>
/// <param name="Detail">The description for the user.</param>
internal sealed record ObjectDifference(string Key, string Detail);
