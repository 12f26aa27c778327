namespace RagStudio.Data.Migrator.Providers;

/// <summary>An object of a schema that is neither a table nor a view, nor a part of one: a sequence, a type, a function.</summary>
/// <param name="Kind">What it is, as shown to users, such as <c>sequence</c>.</param>
/// <param name="Name">Its name, with what distinguishes it from others of its kind.</param>
/// <param name="Definition">Its canonical definition.</param>
public sealed record DatabaseObject(string Kind, string Name, string Definition);
