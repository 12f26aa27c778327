namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>Files that were damaged before the run, on one of the two databases.</summary>
public sealed class DamageTests : ShopTest
{
    [TestCase("shop", 0.5)]
    [TestCase("archive", 0.5)]
    [TestCase("archive", 0.01, Description = "less than a page")]
    public async Task A_truncated_database_is_told_as_damaged_and_left(string database, double part)
    {
        await CreateFirstReleaseAsync();
        Cut(Shop.PathOf(database), part);
        var before = Files();

        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() =>
            Shop.Manager(ShopRelease.Final).MigrateAsync()
        )!;

        Assert.That(failure.Problem, Is.AnyOf(DatabaseProblem.Corrupt, DatabaseProblem.NotADatabase));
        Assert.That(failure.Message, Does.Contain(Shop.PathOf(database)));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(Files(), Is.EqualTo(before));
        Assert.That(File.Exists(Shop.Journal), Is.False);
    }

    /// <summary>The tables are intact, and every copy carries the index as it is.</summary>
    [Test]
    public async Task An_index_that_does_not_fit_its_table_is_backed_up_told_and_blocks_no_run()
    {
        await CreateFirstReleaseAsync();
        Shop.Execute(
            """
            CREATE INDEX damaged ON orders (customer);
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = 'CREATE INDEX damaged ON orders (id)' WHERE name = 'damaged';
            """
        );
        Assert.That(Shop.Scalar<string>("PRAGMA quick_check"), Is.EqualTo("ok"), "the structure is whole");

        var backup = await Shop.Manager(ShopRelease.Final).Backups.CreateAsync();
        var report = (await Shop.Validate<FirstShopContext>()).Reports.Single();
        await Shop.Manager(ShopRelease.Final).MigrateAsync();

        Assert.That(backup!.Verified);
        Assert.That(report.Errors.Select(error => error.Kind), Has.Member(ValidationErrorKind.Integrity));
        Assert.That(report.Errors.Select(error => error.Detail), Has.Some.Contains("damaged"));
        Assert.That(Shop.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"), "the rebuild took the index away");
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders NOT INDEXED"), Is.EqualTo(2000));
    }

    /// <summary>SQLite treats such a file like a missing one.</summary>
    [Test]
    public async Task A_file_of_no_bytes_becomes_a_new_database_and_the_other_keeps_its_rows()
    {
        await CreateFirstReleaseAsync();
        File.WriteAllBytes(Shop.PathOf("archive"), []);

        var summary = await Shop.Manager(ShopRelease.Final).MigrateAsync();

        Assert.That(summary.Databases.Select(d => d.Migrations.Count), Is.EqualTo(new[] { 3, 4 }));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(2000));
    }

    private async Task CreateFirstReleaseAsync()
    {
        await Shop.CreateFirstReleaseAsync(orders: 2000);
        await Shop.CreateFirstReleaseAsync(orders: 2000, "archive");
    }

    private (byte[] Shop, byte[] Archive) Files() =>
        (File.ReadAllBytes(Shop.PathOf("shop")), File.ReadAllBytes(Shop.PathOf("archive")));

    private static void Cut(string file, double part)
    {
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(int)(bytes.Length * part)]);
    }
}
