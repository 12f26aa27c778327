using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Tests.Providers;

public sealed class TrueCaseTests
{
    [TestCase("/app/data.db", "/app/Data.db", "/", "/app /app/data.db", true, Description = "the folder ignores case")]
    [TestCase("/app/data.db", "/APP/DATA.DB", "/", "/app /app/data.db", true)]
    [TestCase("/app/DATA.db", "/app/daTA.db", "/", "/app /app/data.db", true, Description = "neither is its spelling")]
    [TestCase("/app/data.db", "/app/Data.db", "", "/app /app/data.db", false, Description = "it does not")]
    [TestCase("/app/data.db", "/app/Data.db", "", "/app /app/data.db /app/Data.db", false, Description = "two files")]
    [TestCase("/app/data.db", "/App/data.db", "/app", "/app /App /app/data.db", false, Description = "only in it")]
    [TestCase("/app/data.db", "/app/DATA.db", "/app", "/app /app/data.db", true, Description = "in it alone")]
    [TestCase("/app/new.db", "/app/New.db", "/app", "/app /app/other", true, Description = "neither is there yet")]
    [TestCase("/app/new.db", "/app/New.db", "", "/app /app/other", false)]
    [TestCase(
        "/app/new.db",
        "/app/New.db",
        "/",
        "/app",
        true,
        Description = "an empty folder is asked by its own name"
    )]
    [TestCase("/app/new.db", "/app/New.db", "", "/app", false)]
    [TestCase("/app/new/a.db", "/app/New/a.db", "/", "/app", true, Description = "the folder is not there yet either")]
    [TestCase("/app/1.db", "/app/2.db", "/", "/app", false)]
    public void Two_spellings_are_one_file_where_the_file_system_says_so(
        string one,
        string other,
        string ignoring,
        string paths,
        bool same
    )
    {
        var folders = new FakeFolders(ignoring.Split(' '), paths.Split(' '));

        Assert.That(TrueCase.AreSame(one, other, folders), Is.EqualTo(same));
        Assert.That(TrueCase.AreSame(other, one, folders), Is.EqualTo(same));
    }

    [TestCase("/app/data.db", "/app/data.db")]
    [TestCase("/app/data.db", "/app/other.db")]
    public void No_folder_is_read_where_no_case_differs(string one, string other)
    {
        var folders = new FakeFolders(["/"], "/app", "/app/data.db");

        TrueCase.AreSame(one, other, folders);

        Assert.That(folders.Readings, Is.Zero);
    }
}
