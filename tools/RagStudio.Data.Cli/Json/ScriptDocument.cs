namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>script</c>.</summary>
/// <param name="Databases">The databases with a migration in it.</param>
internal sealed record ScriptDocument(IReadOnlyList<ScriptedDatabaseDocument> Databases);
