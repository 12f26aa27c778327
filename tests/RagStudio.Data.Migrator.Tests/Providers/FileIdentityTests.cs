using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.Providers;

public sealed class FileIdentityTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DisposeFolder() => _folder.Dispose();

    [Test]
    public void Resolve_follows_links_to_files_and_folders_also_where_they_lead_to_nothing_yet()
    {
        Directory.CreateDirectory(At("real"));
        Directory.CreateDirectory(At("app"));
        File.CreateSymbolicLink(At("app/file.db"), "../real/data.db");
        File.CreateSymbolicLink(At("app/again.db"), At("app/file.db"));
        Directory.CreateSymbolicLink(At("linked"), At("real"));
        Directory.CreateSymbolicLink(At("away"), At("not/there"));

        Assert.Multiple(() =>
        {
            Assert.That(FileIdentity.Resolve(At("app/file.db")), Is.EqualTo(At("real/data.db")), "it dangles");
            Assert.That(FileIdentity.Resolve(At("app/again.db")), Is.EqualTo(At("real/data.db")), "a link to a link");
            Assert.That(FileIdentity.Resolve(At("linked/data.db")), Is.EqualTo(At("real/data.db")));
            Assert.That(FileIdentity.Resolve(At("linked/../x.db")), Is.EqualTo(At("x.db")));
            Assert.That(FileIdentity.Resolve(At("away/x.db")), Is.EqualTo(At("not/there/x.db")));
            Assert.That(FileIdentity.Resolve(At("./app//x.db")), Is.EqualTo(At("app/x.db")));
        });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows shortens a path before it follows anything")]
    public void Resolve_takes_what_is_above_a_link_to_be_above_its_target()
    {
        Directory.CreateDirectory(At("real/deep"));
        Directory.CreateSymbolicLink(At("linked"), At("real/deep"));

        Assert.That(FileIdentity.Resolve(At("linked/../x.db")), Is.EqualTo(At("real/x.db")));
    }

    [Test]
    public void Resolve_of_a_path_that_leads_in_a_circle_ends()
    {
        File.CreateSymbolicLink(At("one"), At("two"));
        File.CreateSymbolicLink(At("two"), At("one"));

        Assert.That(FileIdentity.Resolve(At("one")), Is.EqualTo(At("one")).Or.EqualTo(At("two")));
    }

    [Test]
    public void Resolve_of_a_relative_path_begins_at_the_current_folder() =>
        Assert.That(
            FileIdentity.Resolve("data.db"),
            Is.EqualTo(Path.Combine(FileIdentity.Resolve(Environment.CurrentDirectory), "data.db"))
        );

    [TestCase("/data/app.db", "/data/app.db", "/mnt/app.db", "/mnt/app.db")]
    [TestCase("/data/events.db", "/data/app.db", "/mnt/x/app.db", "/mnt/x/events.db")]
    [TestCase("/data/deep/events.db", "/data/app.db", "/mnt/app.db", "/mnt/deep/events.db")]
    [TestCase("/events/e.db", "/data/app.db", "/mnt/data/app.db", "/mnt/events/e.db")]
    [TestCase(
        "C:\\App\\events.db",
        "C:\\App\\app.db",
        "/mnt/app.db",
        "/mnt/events.db",
        Description = "written by another system"
    )]
    [TestCase("D:\\events.db", "C:\\App\\app.db", "/mnt/app.db", null)]
    [Platform(Exclude = "Win", Reason = "the places are those of Unix")]
    public void Follow_finds_a_file_beside_a_neighbour_that_has_moved(
        string path,
        string was,
        string isNow,
        string? found
    ) => Assert.That(FileIdentity.Follow(path, was, isNow), Is.EqualTo(found));

    private string At(string path) => _folder.Combine(path.Split('/'));
}
