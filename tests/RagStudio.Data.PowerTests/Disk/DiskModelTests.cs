using System.Text;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Disk;

/// <summary>Tests what the model of the disk promises, and what it does not.</summary>
internal sealed class DiskModelTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Content_that_was_not_flushed_is_lost_or_kept()
    {
        var disk = With("a", "old", Open(1, "a"), Write(1, "new"));
        Assert.That(Contents(disk, Survival.Nothing, "a"), Is.EqualTo("old"));
        Assert.That(Contents(disk, Survival.Everything, "a"), Is.EqualTo("new"));
    }

    [Test]
    public void A_flush_of_a_file_keeps_its_content_and_its_creation()
    {
        var disk = With("a", "old", Create(1, "b"), Write(1, "new"), Sync(1));
        Assert.That(Contents(disk, Survival.Nothing, "b"), Is.EqualTo("new"));
    }

    [Test]
    public void A_rename_is_lost_until_the_folder_is_flushed()
    {
        var disk = With("a", "old", Create(1, "b"), Write(1, "new"), Sync(1), Rename("b", "a"));
        Assert.That(Contents(disk, Survival.Nothing, "a"), Is.EqualTo("old"));
        Assert.That(Contents(disk, Survival.Names, "a"), Is.EqualTo("new"));
        Play(disk, Open(2, ""), Sync(2));
        Assert.That(Contents(disk, Survival.Nothing, "a"), Is.EqualTo("new"));
    }

    [Test]
    public void A_file_that_was_removed_is_back_until_the_folder_is_flushed()
    {
        var disk = With("a", "old", new DiskOperation(DiskOperationKind.Unlink, default, 0, 0, "a", "", default));
        Assert.That(Contents(disk, Survival.Nothing, "a"), Is.EqualTo("old"));
        Assert.That(disk.After(Survival.Names, new Random(0)).Describe(), Is.EqualTo(new[] { "/" }));
    }

    [Test]
    public void A_folder_that_was_made_is_lost_until_the_one_above_it_is_flushed()
    {
        var made = new DiskOperation(DiskOperationKind.MakeFolder, default, 0, 0, "f", "", default);
        var disk = With("a", "old", made, Open(3, "f"));
        Assert.That(disk.After(Survival.Nothing, new Random(0)).Describe(), Does.Not.Contain("f/"));
        Play(disk, Open(2, ""), Sync(2));
        Assert.That(disk.After(Survival.Nothing, new Random(0)).Describe(), Does.Contain("f/"));
    }

    [Test]
    public void Names_survive_in_their_order()
    {
        var disk = With("a", "old", Create(1, "b"), Create(2, "c"), Create(3, "d"));
        for (var seed = 0; seed < 50; seed++)
        {
            var names = disk.After(Survival.Part, new Random(seed)).Describe().Select(line => line[0]).ToArray();
            Assert.That(new string(names), Is.EqualTo("/abcd"[..names.Length]), $"seed {seed}");
        }
    }

    [Test]
    public void Pages_survive_in_any_order_and_in_any_version_that_they_had()
    {
        var disk = With("a", Page('0') + Page('0'), Open(1, "a"), Write(1, Page('1')));
        Play(disk, Write(1, Page('2')), Write(1, Page('3'), DiskFile.PageSize));
        var seen = new HashSet<string>();
        for (var seed = 0; seed < 200; seed++)
        {
            seen.Add(string.Concat(Contents(disk, Survival.Part, "a", seed).Chunk(DiskFile.PageSize).Select(Versions)));
        }
        Assert.That(seen, Is.SupersetOf(new[] { "00", "10", "20", "03", "13", "23" }));
        Assert.That(seen.Any(versions => versions.Length > 2), "some page is torn");
    }

    [Test]
    public void A_cut_that_is_lost_leaves_what_was_there()
    {
        var disk = With("a", "old content", Open(1, "a"), Truncate(1, 0), Write(1, "new"));
        Assert.That(Contents(disk, Survival.Nothing, "a"), Is.EqualTo("old content"));
        Assert.That(Contents(disk, Survival.Names, "a"), Is.Empty);
        Assert.That(Contents(disk, Survival.Content, "a"), Is.EqualTo("old content"));
        Assert.That(Contents(disk, Survival.Everything, "a"), Is.EqualTo("new"));
    }

    [Test]
    public void A_later_flush_does_not_bring_back_what_one_that_failed_has_lost()
    {
        var disk = With("a", Page('0') + Page('0'), Open(1, "a"), Write(1, Page('1') + Page('1')));
        Play(disk, new DiskOperation(DiskOperationKind.SyncFailed, default, 1, 0, "", "", default), Sync(1));
        Assert.That(Contents(disk, Survival.Nothing, "a"), Is.EqualTo(Page('0') + Page('0')));
        Assert.That(Contents(disk, Survival.Everything, "a"), Is.EqualTo(Page('0') + Page('0')));

        Play(disk, Write(1, "2"), Sync(1));
        Assert.That(Contents(disk, Survival.Nothing, "a"), Is.EqualTo("2" + Page('1')[1..] + Page('0')));
    }

    private DiskModel With(string file, string content, params DiskOperation[] operations)
    {
        File.WriteAllText(_folder.Combine(file), content);
        var disk = DiskModel.Of(_folder.Path);
        Play(disk, operations);
        return disk;
    }

    private static void Play(DiskModel disk, params DiskOperation[] operations) => disk.Apply(operations);

    private string Contents(DiskModel disk, Survival how, string file, int seed = 0)
    {
        var place = _folder.Combine("state");
        disk.After(how, new Random(seed)).WriteTo(place);
        return File.ReadAllText(Path.Combine(place, file));
    }

    private static string Page(char letter) => new(letter, DiskFile.PageSize);

    private static string Versions(char[] page) => string.Concat(page.Distinct().Order());

    private static DiskOperation Open(ulong file, string path) =>
        new(DiskOperationKind.Open, default, file, 0, path, "", default);

    private static DiskOperation Create(ulong file, string path) =>
        new(DiskOperationKind.Create, default, file, 0, path, "", default);

    private static DiskOperation Write(ulong file, string text, long at = 0) =>
        new(DiskOperationKind.Write, default, file, at, "", "", Encoding.UTF8.GetBytes(text));

    private static DiskOperation Truncate(ulong file, long length) =>
        new(DiskOperationKind.Truncate, default, file, length, "", "", default);

    private static DiskOperation Sync(ulong file) => new(DiskOperationKind.Sync, default, file, 0, "", "", default);

    private static DiskOperation Rename(string from, string to) =>
        new(DiskOperationKind.Rename, default, 0, 0, from, to, default);
}
