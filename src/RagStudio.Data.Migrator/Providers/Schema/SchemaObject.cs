namespace RagStudio.Data.Migrator.Providers;

/// <summary>A view or a trigger.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definition">Its canonical definition.</param>
public sealed record SchemaObject(string Name, string Definition);
