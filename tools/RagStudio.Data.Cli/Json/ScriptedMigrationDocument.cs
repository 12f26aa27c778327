namespace RagStudio.Data.Cli;

/// <summary>A migration in the JSON of <c>script</c>.</summary>
/// <param name="Version">Its id.</param>
/// <param name="Sql">Its SQL.</param>
internal sealed record ScriptedMigrationDocument(string Version, string Sql);
