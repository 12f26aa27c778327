using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

public sealed class ProgramStampTests : ShopTest
{
    [SetUp]
    public void ForgetWhatWasCreated() => CountedMigration.Created.Clear();

    [Test]
    public async Task A_start_with_nothing_pending_creates_no_migration_and_writes_nothing()
    {
        await Shop.Manager<CountedContext>().MigrateAsync();
        var files = Shop.Files();
        CountedMigration.Created.Clear();

        var summary = await Shop.Manager<CountedContext>().MigrateAsync();

        Assert.That(summary.Databases.Single().Migrations, Is.Empty);
        Assert.That(CountedMigration.Created, Is.Empty);
        Assert.That(Shop.Files(), Is.EqualTo(files));
    }

    [Test]
    public async Task A_status_with_nothing_pending_creates_no_migration()
    {
        await Shop.Manager<CountedContext>().MigrateAsync();
        CountedMigration.Created.Clear();

        var status = await Shop.Manager<CountedContext>().GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(CountedMigration.Created, Is.Empty);
    }

    [Test]
    public async Task A_stamp_of_another_program_lets_the_checksums_be_computed_once()
    {
        await Shop.Manager<CountedContext>().MigrateAsync();
        Shop.Execute("UPDATE __migrator_program SET stamp = 'of another build'");
        CountedMigration.Created.Clear();

        await Shop.Manager<CountedContext>().MigrateAsync();
        var first = CountedMigration.Created.Count;
        await Shop.Manager<CountedContext>().MigrateAsync();

        Assert.That(first, Is.Positive);
        Assert.That(CountedMigration.Created, Has.Count.EqualTo(first));
        Assert.That(
            Shop.Scalar<string>("SELECT stamp FROM __migrator_program"),
            Does.EndWith(" of another build"),
            "the other program finds its own when it starts again"
        );
    }

    [Test]
    public async Task A_start_of_another_build_succeeds_while_somebody_else_writes()
    {
        await Shop.Manager<CountedContext>().MigrateAsync();
        Shop.Execute("UPDATE __migrator_program SET stamp = 'of another build'");
        Shop.Execute("PRAGMA journal_mode = DELETE");
        using var other = Shop.Open();
        using var writing = other.BeginTransaction();

        var summary = await Shop.Manager<CountedContext>().MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Shop.Scalar<string>("SELECT stamp FROM __migrator_program"), Is.EqualTo("of another build"));
    }

    [Test]
    public async Task A_log_that_another_program_left_is_not_checked_in_for_a_stamp()
    {
        await Shop.Manager<CountedContext>().MigrateAsync();
        Shop.Execute("UPDATE __migrator_program SET stamp = 'of another build'");
        Shop.Execute("PRAGMA journal_mode = WAL");
        using var other = Shop.Open();
        using var write = new SqliteCommand("CREATE TABLE waiting (id INTEGER)", other);
        write.ExecuteNonQuery();
        var log = new FileInfo(Shop.PathOf("shop") + "-wal").Length;

        await Shop.Manager<CountedContext>().MigrateAsync();

        Assert.That(log, Is.Positive);
        Assert.That(new FileInfo(Shop.PathOf("shop") + "-wal").Length, Is.EqualTo(log));
        Assert.That(Shop.Scalar<string>("SELECT stamp FROM __migrator_program"), Is.EqualTo("of another build"));
    }

    [Test]
    public async Task A_checksum_that_somebody_changed_in_the_history_is_found_by_the_next_start()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        Shop.Execute("UPDATE __migrator_history SET checksum = upper(checksum) WHERE version LIKE '%IndexOrders'");

        Assert.ThrowsAsync<MigrationDriftedException>(() => Shop.Manager<ShopContext>().MigrateAsync());
    }

    [Test]
    public async Task A_run_over_an_edited_migration_leaves_no_stamp_behind()
    {
        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        Shop.Execute("DELETE FROM __migrator_program");

        await Shop.Manager<EditedShopContext>().RollbackToVersionAsync(IndexOrders.Version);

        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM __migrator_program"), Is.Zero);
        Assert.ThrowsAsync<MigrationDriftedException>(() => Shop.Manager<EditedShopContext>().MigrateAsync());
    }
}

/// <summary>A release whose migrations report when they are created.</summary>
public sealed class CountedContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(CountedContext)), Migration("20250101000000_Count")]
public sealed class CountedMigration : Migration
{
    public CountedMigration() => Created.Add(nameof(CountedMigration));

    public static ConcurrentBag<string> Created { get; } = [];

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("counted", table => new { id = table.Column<long>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("counted");
}
