namespace RagStudio.Data.PowerTests.Judging;

/// <summary>
/// Documents are written to one database and events that refer to them to the other: an event never refers to
/// a lost document.
/// </summary>
/// <param name="words">The number of words in each document besides its sentence.</param>
internal sealed class ImportScenario(int words = 0) : ToolScenario("import", Command)
{
    private const int Documents = 3;

    private static readonly string[] Command = ["import", "notes", "--knowledge-base", "notes"];

    protected override Task AddAsync()
    {
        var notes = Directory.CreateDirectory(Path.Combine(Folder, "notes")).FullName;
        var more = string.Join(' ', Enumerable.Range(0, words));
        for (var i = 0; i < Documents; i++)
        {
            File.WriteAllText(Path.Combine(notes, $"{i}.txt"), $"The text of note {i}. {more}");
        }
        return Task.CompletedTask;
    }

    protected override async Task JudgeAsync(bool isDone, List<string> faults)
    {
        await ExpectAsync(faults, "validate");
        if (isDone)
        {
            ExpectDocuments(faults);
        }
        await ExpectAsync(faults, Command);
        ExpectDocuments(faults);
        var again = await JsonAsync(Command);
        if (again.GetProperty("imported").GetInt32() != 0 || again.GetProperty("repairedEvents").GetInt32() != 0)
        {
            faults.Add($"the next import still had something to do: {again}");
        }
    }

    private void ExpectDocuments(List<string> faults) =>
        ExpectCount(faults, "documents", Documents, "SELECT count(*) FROM documents");
}
