using System.Text;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.Recover;

internal sealed class JournalFileTests
{
    private TemporaryFolder _folder = null!;

    private string Path => _folder.Combine("shop.db.run-journal");

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DisposeFolder() => _folder.Dispose();

    [Test]
    public void Create_replaces_what_was_killed_before_it_had_its_name_and_leaves_one_file()
    {
        File.WriteAllText(Path + ".new", "torn");

        new JournalFile(Path).Begin("one\n"u8);

        Assert.That(File.ReadAllText(Path), Is.EqualTo("one\n"));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.EqualTo(new[] { Path }));
    }

    [Test]
    public void Create_gives_no_file_the_name_of_a_journal_when_the_first_line_cannot_be_written()
    {
        Directory.CreateDirectory(Path + ".new");

        Assert.Catch(() => new JournalFile(Path).Begin("one\n"u8));

        Assert.That(File.Exists(Path), Is.False);
    }

    [TestCase("one\n", "one\ntwo\n")]
    [TestCase("one\n{\"torn", "one\ntwo\n")]
    [TestCase("", "two\n")]
    public void Append_adds_its_line_after_the_last_whole_one(string before, string after)
    {
        File.WriteAllText(Path, before);

        new JournalFile(Path).Append("two\n"u8);

        Assert.That(File.ReadAllText(Path, Encoding.UTF8), Is.EqualTo(after));
    }
}
