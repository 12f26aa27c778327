namespace RagStudio.Data.PowerTests.Judging;

/// <summary>Removes old backup sets: the rest of one must not be mistaken for a set.</summary>
internal sealed class PruneScenario() : ToolScenario("prune", "backup", "prune", "--keep", "1", "--yes")
{
    private const int Sets = 3;

    protected override async Task AddAsync()
    {
        for (var i = 0; i < Sets; i++)
        {
            await DoAsync("backup", "create");
        }
    }

    protected override async Task JudgeAsync(bool isDone, List<string> faults)
    {
        var sets = await ExpectBackupsAsync(faults);
        if (sets < 1 || sets > (isDone ? 1 : Sets))
        {
            faults.Add($"there are {sets} sets");
        }
    }
}
