using RagStudio.Data.Testing;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class SourceFolderTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Find_takes_texts_of_all_folders_in_the_order_of_their_paths()
    {
        Write("b.md", "B.TXT", "a/z.markdown", "a/b/c.txt", "a.txt", "picture.png", "README");
        Assert.That(Find(), Is.EqualTo(new[] { "B.TXT", "a.txt", "a/b/c.txt", "a/z.markdown", "b.md" }));
    }

    [Test]
    public void Find_leaves_out_what_is_hidden()
    {
        Write(".hidden.txt", ".git/config.txt", "seen.txt");
        Assert.That(Find(), Is.EqualTo(new[] { "seen.txt" }));
    }

    [Test]
    public void Find_follows_no_link()
    {
        Write("in/seen.txt", "out/secret.txt");
        File.CreateSymbolicLink(_folder.Combine("in", "link.txt"), _folder.Combine("out", "secret.txt"));
        Directory.CreateSymbolicLink(_folder.Combine("in", "away"), _folder.Combine("out"));
        Directory.CreateSymbolicLink(_folder.Combine("in", "circle"), _folder.Combine("in"));
        Assert.That(Find("in"), Is.EqualTo(new[] { "seen.txt" }));
    }

    private string[] Find(string root = ".") =>
        [
            .. SourceFolder
                .Find(Path.GetFullPath(root, _folder.Path), CancellationToken.None)
                .Files.Select(file => file.RelativePath),
        ];

    private void Write(params string[] paths)
    {
        foreach (var path in paths)
        {
            var file = _folder.Combine(path.Split('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, path);
        }
    }
}
