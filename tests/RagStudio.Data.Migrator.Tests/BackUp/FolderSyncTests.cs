using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Testing;

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

    [Test]
    [Platform("Linux")]
    public void A_flush_that_fails_is_told()
    {
        using var device = File.OpenHandle("/dev/null");

        Assert.Throws<IOException>(() => DiskFlush.Run(device), "fsync gives EINVAL, which .NET takes for success");
    }

    [TestCase(true, 2)]
    [TestCase(false, 1)]
    public void A_flush_falls_back_to_fsync_on_macOS_alone(bool isMacOS, int expected)
    {
        using var file = new Microsoft.Win32.SafeHandles.SafeFileHandle();

        Assert.That(DiskFlush.Calls(isMacOS, file).Count(), Is.EqualTo(expected));
    }
}
