namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

public sealed class AccessTests : ShopTest
{
    [Test]
    public void A_file_that_is_no_database_is_named_and_left()
    {
        var text = new string('x', 5000);
        File.WriteAllText(Shop.PathOf("shop"), text);

        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() => Shop.Manager<ShopContext>().MigrateAsync());

        Assert.That(failure!.Problem, Is.EqualTo(DatabaseProblem.NotADatabase));
        Assert.That(failure.Message, Does.Contain(Shop.PathOf("shop")).And.Contain("not a database"));
        Assert.That(File.ReadAllText(Shop.PathOf("shop")), Is.EqualTo(text));
    }

    [Test]
    public void A_folder_in_the_place_of_a_database_is_named()
    {
        Directory.CreateDirectory(Shop.PathOf("shop"));

        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() => Shop.Manager<ShopContext>().MigrateAsync());

        Assert.That(failure!.Problem, Is.EqualTo(DatabaseProblem.CannotOpen));
        Assert.That(Directory.GetFileSystemEntries(Shop.PathOf("shop")), Is.Empty);
    }

    [Test]
    public async Task A_file_system_that_the_connection_string_names_is_used_for_the_first_look_too()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        var manager = MigratorFactory.Create(migrator =>
            migrator.AddSqliteDatabase<ShopContext>("shop", $"Data Source={Shop.PathOf("shop")};Vfs=not-there")
        );

        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() => manager.MigrateAsync());

        Assert.That(failure!.InnerException!.Message, Does.Contain("no such vfs: not-there"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_damaged_database_is_told_as_such_before_anything_is_changed(bool backsUp)
    {
        await Shop.CreateFirstReleaseAsync(orders: 3000);
        Overwrite(Shop.PathOf("shop"), offset: 4096 * 4, count: 4096);
        var before = File.ReadAllBytes(Shop.PathOf("shop"));

        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() =>
            Shop.Manager<ShopContext>(o => o.BackupBeforeMigration = backsUp).MigrateAsync()
        );

        Assert.That(failure!.Problem, Is.EqualTo(DatabaseProblem.Corrupt));
        Assert.That(File.ReadAllBytes(Shop.PathOf("shop")), Is.EqualTo(before));
        Assert.That(
            Directory.Exists(Shop.Backups) ? Directory.GetDirectories(Shop.Backups) : [],
            Is.Empty,
            "no set of a damaged database, no partial one"
        );
    }

    [Test]
    public void A_new_database_gets_its_folder_but_no_folders_above_it()
    {
        var inNewFolder = Path.Combine(Shop.Folder, "new", "shop.db");
        var tooDeep = Path.Combine(Shop.Folder, "missing", "missing", "shop.db");

        Assert.DoesNotThrowAsync(() => At(inNewFolder).MigrateAsync());
        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() => At(tooDeep).MigrateAsync());

        Assert.That(File.Exists(inNewFolder));
        Assert.That(failure!.Problem, Is.EqualTo(DatabaseProblem.CannotOpen));
        Assert.That(Directory.Exists(Path.Combine(Shop.Folder, "missing")), Is.False);
    }

    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=shop;Mode=Memory")]
    [TestCase("Data Source=")]
    [TestCase("Data Source=file:shop.db")]
    public void A_connection_string_without_a_file_is_refused(string connectionString) =>
        Assert.Throws<ArgumentException>(() =>
            Testing.Shop.Manager(null, m => m.AddSqliteDatabase<ShopContext>("shop", connectionString))
        );

    [TestCase("../shop")]
    [TestCase("a/b")]
    [TestCase(".hidden")]
    [TestCase(" ")]
    public void A_name_that_cannot_be_a_file_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() =>
            Testing.Shop.Manager(null, m => m.AddSqliteDatabase<ShopContext>(name, "Data Source=shop.db"))
        );

    private static IMigrationManager At(string path) =>
        Testing.Shop.Manager(null, m => m.AddSqliteDatabase<ShopContext>("shop", $"Data Source={path}"));

    private static void Overwrite(string path, int offset, int count)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Position = offset;
        file.Write(Enumerable.Repeat((byte)0xA5, count).ToArray());
    }
}
