namespace RagStudio.Data.PowerTests.Judging;

/// <summary>Documents go into one database and events that name them into the other: an event never names what is gone.</summary>
internal sealed class ImportScenario() : ToolScenario("import", Command)
{
    private const int Documents = 3;

    private static readonly string[] Command = ["import", "notes", "--knowledge-base", "notes"];

    protected override Task AddAsync()
    {
        var notes = Directory.CreateDirectory(Path.Combine(Folder, "notes")).FullName;
        for (var i = 0; i < Documents; i++)
        {
            File.WriteAllText(Path.Combine(notes, $"{i}.txt"), $"The text of note {i}.");
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
