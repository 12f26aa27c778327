using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

public sealed class LockHoldersTests
{
    [Test]
    public async Task Of_names_nobody_when_the_holder_file_is_none([Values] HostileFile kind)
    {
        using var folder = new TemporaryFolder();
        kind.Put(folder.Combine("events.db.lock-holder"));

        var holder = await Task.Run(() => LockHolders.Of(folder.Combine("events.db")))
            .WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(holder, Is.Null);
    }
}
