namespace RagStudio.Data.Cli;

/// <summary>Shows the SQL of migrations, each below a comment with its name.</summary>
internal static class ScriptView
{
    public static void Show(IDisplay display, ScriptDocument document)
    {
        foreach (var line in Lines(document))
        {
            display.Line(line);
        }
    }

    public static IEnumerable<string> Lines(ScriptDocument document) => document.Databases.SelectMany(LinesOf);

    private static IEnumerable<string> LinesOf(ScriptedDatabaseDocument database) =>
        database.Migrations.SelectMany(migration =>
            (string[])
                [$"-- {database.Name}: {migration.Version}", .. migration.Sql.ReplaceLineEndings("\n").Split('\n'), ""]
        );
}
