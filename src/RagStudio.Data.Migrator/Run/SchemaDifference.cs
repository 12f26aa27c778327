namespace RagStudio.Data.Migrator.Run;

/// <summary>A difference between a schema and what the applied migrations create.</summary>
/// <param name="Name">The name of the table, or of the column or other object in it.</param>
/// <param name="Detail">The description for the user.</param>
internal sealed record SchemaDifference(string Name, string Detail);
