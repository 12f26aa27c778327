namespace RagStudio.Data.Migrator.Run;

/// <summary>One thing in which a schema is another one than the applied migrations make.</summary>
/// <param name="Name">The name of the table, or of the column or other object of it.</param>
/// <param name="Detail">How it differs, for people.</param>
internal sealed record SchemaDifference(string Name, string Detail);
