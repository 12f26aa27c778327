namespace RagStudio.Data.PowerTests.Judging;

/// <summary>Creates a backup in a new folder: a reported set must exist and be complete.</summary>
internal sealed class NewBackupFolderScenario()
    : ToolScenario("back up elsewhere", "backup", "create", "--backup-dir", Place)
{
    private const string Place = "new/sets";

    protected override async Task JudgeAsync(bool isDone, List<string> faults)
    {
        var sets = await ExpectBackupsAsync(faults, "--backup-dir", Place);
        if (sets > 1 || (isDone && sets == 0))
        {
            faults.Add($"there are {sets} sets");
        }
    }
}
