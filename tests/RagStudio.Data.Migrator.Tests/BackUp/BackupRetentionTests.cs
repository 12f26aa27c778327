namespace RagStudio.Data.Migrator.Tests.BackUp;

public sealed class BackupRetentionTests
{
    //        sets, the oldest first; ! is one that failed its check
    [TestCase("a b c", 2, "a")]
    [TestCase("a b c", 3, "")]
    [TestCase("a b c", 1, "a b")]
    [TestCase("a b! c!", 1, "b!", Description = "the newest good set stays, however old")]
    [TestCase("a! b! c!", 2, "a!")]
    [TestCase("", 2, "")]
    public void Excess_names_the_oldest(string sets, int keep, string excess)
    {
        var all = sets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Set).ToArray();

        Assert.That(string.Join(' ', BackupRetention.Excess(all, keep).Select(set => set.Id)), Is.EqualTo(excess));
    }

    private static BackupSet Set(string id) =>
        new(
            BackupManifest.FormatVersion,
            id,
            DateTimeOffset.UnixEpoch,
            BackupReason.Manual,
            "run",
            "1.0.0",
            [
                new BackupDatabase(
                    "db",
                    "db.db",
                    "1",
                    1,
                    1,
                    "00",
                    id.EndsWith('!') ? "row 1 missing" : BackupDatabase.CheckPassed
                ),
            ]
        );
}
