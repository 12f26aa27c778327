namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>script</c>.</summary>
/// <param name="Databases">The databases that have a migration in it.</param>
internal sealed record ScriptDocument(IReadOnlyList<ScriptedDatabaseDocument> Databases);
