using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>The migrator's connections have everything that the application's have.</summary>
[NonParallelizable]
public sealed class CollationTests : ShopTest
{
    private const string TwoUsers = "INSERT INTO users (id, name) VALUES (1, 'Ann'), (2, 'bob')";

    [SetUp]
    public async Task CreateUsers()
    {
        CollationInterceptor.IsGone = false;
        await Shop.Manager<CollateContext>().MigrateToVersionAsync(CollateContext.Create);
        Execute(TwoUsers);
    }

    [TearDown]
    public void Return() => CollationInterceptor.IsGone = false;

    [Test]
    public async Task Migrations_backups_restores_and_validations_know_the_collation_of_an_index()
    {
        var manager = Shop.Manager<CollateContext>();

        await manager.MigrateAsync();
        var backup = await manager.Backups.CreateAsync();
        Execute("DELETE FROM users");
        await manager.RestoreAsync(backup!.Id);

        Assert.That(Shop.Column("SELECT name FROM users NOT INDEXED"), Is.EquivalentTo(new[] { "Ann", "bob" }));
        Assert.That((await manager.Backups.VerifyAsync()).SelectMany(verified => verified.Faults), Is.Empty);
        var report = (await Shop.Validate<CollateContext>()).Reports.Single();
        Assert.That(report.Errors, Is.Empty);
        Assert.That(report.Warnings.Where(warning => warning.Kind == ValidationWarningKind.NotChecked), Is.Empty);
    }

    [Test]
    public async Task A_start_with_nothing_pending_tells_no_interceptor()
    {
        await Shop.Manager<CollateContext>().MigrateAsync();
        CollationInterceptor.Calls = 0;

        await Shop.Manager<CollateContext>().MigrateAsync();

        Assert.That(CollationInterceptor.Calls, Is.Zero);
    }

    [Test]
    public async Task What_nobody_can_check_is_a_warning_that_names_it_and_the_rest_is_checked()
    {
        Execute(
            "CREATE TABLE lines (user_id INTEGER REFERENCES users (id)); PRAGMA foreign_keys = OFF; INSERT INTO lines VALUES (99)"
        );
        CollationInterceptor.IsGone = true;

        var report = (await Shop.Validate<CollateContext>()).Reports.Single();

        var warnings = report.Warnings.Where(warning => warning.Kind == ValidationWarningKind.NotChecked);
        Assert.That(
            warnings.Select(warning => warning.Detail),
            Has.One.Contains("'users'").And.Contains("NOCASE_UTF8").And.One.Contains("'cries'").And.Contains("shout")
        );
        Assert.That(report.Errors.Select(error => error.Table), Has.Member("lines"));
    }

    [Test]
    public async Task A_backup_is_made_where_nobody_knows_the_collation()
    {
        await Shop.Manager<CollateContext>().MigrateAsync();
        CollationInterceptor.IsGone = true;
        var manager = Shop.Manager<CollateContext>();

        var backup = await manager.Backups.CreateAsync();

        Assert.That(backup!.Verified);
        Assert.That(backup.Databases.Single().Rows!["users"], Is.EqualTo(2));
        Assert.That((await manager.Backups.VerifyAsync()).SelectMany(verified => verified.Faults), Is.Empty);
    }

    private void Execute(string sql)
    {
        using var connection = Shop.Open();
        CollationInterceptor.Add(connection);
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
