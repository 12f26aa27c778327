namespace RagStudio.Data.Migrator.Tests.BackUp;

public sealed class FolderSyncTests
{
    [Test]
    public void Flush_takes_a_folder()
    {
        using var folder = new TemporaryFolder();

        Assert.DoesNotThrow(() => FolderSync.Flush(folder.Path));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "folders are not flushed there")]
    public void Flush_names_the_folder_that_is_not_there()
    {
        using var folder = new TemporaryFolder();
        var missing = Path.Combine(folder.Path, "missing");

        var failure = Assert.Throws<IOException>(() => FolderSync.Flush(missing));

        Assert.That(failure!.Message, Does.Contain(missing));
    }
}
