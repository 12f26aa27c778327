namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class PostgresBinariesTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void Create_a_folder() => _folder = Directory.CreateTempSubdirectory("ragstudio-bin-");

    [TearDown]
    public void Remove_it() => _folder.Delete(recursive: true);

    [Test]
    public void The_variable_comes_first()
    {
        var named = Programs("named");
        _ = Programs("debian", "18", "bin");
        Assert.That(Find(named, Programs("path"))!.Folder, Is.EqualTo(named));
    }

    [Test]
    public void A_variable_that_names_no_server_is_an_error_and_not_a_reason_to_skip()
    {
        _ = Programs("debian", "18", "bin");
        Assert.That(
            () => Find(_folder.FullName, null),
            Throws.InvalidOperationException.With.Message.Contain(_folder.FullName)
        );
    }

    [Test]
    public void The_newest_of_Debian_comes_next()
    {
        _ = Programs("debian", "9.6", "bin");
        var newest = Programs("debian", "18", "bin");
        _ = Directory.CreateDirectory(Path.Combine(_folder.FullName, "debian", "19", "bin"));
        Assert.That(Find(null, Programs("path"))!.Folder, Is.EqualTo(newest));
    }

    [Test]
    public void The_first_on_the_path_comes_last()
    {
        var first = Programs("first");
        var path = string.Join(Path.PathSeparator, _folder.FullName, first, Programs("second"));
        Assert.That(Find("", path)!.Folder, Is.EqualTo(first));
    }

    [Test]
    public void Links_to_programs_that_are_gone_are_none()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Not every user of Windows may make links.");
        }
        var installed = Programs("installed");
        var links = Directory.CreateDirectory(Path.Combine(_folder.FullName, "links")).FullName;
        foreach (var program in Directory.GetFiles(installed))
        {
            _ = File.CreateSymbolicLink(Path.Combine(links, Path.GetFileName(program)), program);
        }
        Assert.That(Find(null, links)!.Folder, Is.EqualTo(links));
        Directory.Delete(installed, recursive: true);
        Assert.That(Find(null, links), Is.Null);
    }

    [Test]
    public void There_may_be_none() => Assert.That(Find(null, _folder.FullName), Is.Null);

    private PostgresBinaries? Find(string? variable, string? path) =>
        PostgresBinaries.Find(variable, Path.Combine(_folder.FullName, "debian"), path);

    private string Programs(params string[] folder)
    {
        var path = Path.Combine([_folder.FullName, .. folder]);
        _ = Directory.CreateDirectory(path);
        foreach (var program in (string[])["initdb", "pg_ctl", "postgres"])
        {
            File.WriteAllText(Path.Combine(path, OperatingSystem.IsWindows() ? program + ".exe" : program), "");
        }
        return path;
    }
}
