using RagStudio.Data.Migrator.Sqlite.Storage;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

internal sealed class SqliteLockHolderTests
{
    private static readonly LockHolder Holder = new(
        42,
        "host",
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        "1.2.3",
        RunActivity.Migrate
    );

    [Test]
    public void Find_reads_the_holder_beside_the_file_that_a_link_leads_to()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("On Windows SQLite keeps what belongs to a database beside the link.");
        }
        using var folder = new TemporaryFolder();
        var file = folder.Combine("events.db");
        File.WriteAllText(file, "");
        LockHolderFile.Write(file + LockHolderFile.Extension, Holder);
        var link = Path.Combine(Directory.CreateDirectory(folder.Combine("links")).FullName, "link.db");
        File.CreateSymbolicLink(link, file);

        Assert.That(SqliteLockHolder.Find(file), Is.EqualTo(Holder));
        Assert.That(SqliteLockHolder.Find(link), Is.EqualTo(Holder));
    }

    [Test]
    public async Task Find_returns_no_holder_when_the_holder_file_is_hostile([Values] HostileFile kind)
    {
        using var folder = new TemporaryFolder();
        kind.Put(folder.Combine("events.db.lock-holder"));

        var holder = await Task.Run(() => SqliteLockHolder.Find(folder.Combine("events.db")))
            .WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(holder, Is.Null);
    }
}
