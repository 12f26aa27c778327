namespace RagStudio.Data.Cli;

/// <summary>A database in the JSON of <c>script</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Migrations">Its migrations, in order.</param>
internal sealed record ScriptedDatabaseDocument(string Name, IReadOnlyList<ScriptedMigrationDocument> Migrations)
{
    public static ScriptedDatabaseDocument From(ScriptedDatabase scripted)
    {
        var sql = scripted.Database.Script(scripted.Versions);
        return new ScriptedDatabaseDocument(
            scripted.Database.Name,
            [.. scripted.Versions.Select(version => new ScriptedMigrationDocument(version, sql[version]))]
        );
    }
}
