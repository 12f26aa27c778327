namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class OutsideTests
{
    private const string Valid = "pg_index WHERE indrelid = 'orders'::regclass AND indisvalid AND NOT indisprimary";
    private const string Invalid = "pg_index WHERE NOT indisvalid";

    [Test]
    public async Task An_index_of_a_table_with_rows_is_created_after_the_commit_while_others_write()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();

        var summary = await shop.Manager<IndexedShop>().MigrateAsync();

        Assert.That(summary.Success, Is.True);
        Assert.That(await shop.CountAsync(Valid), Is.EqualTo(2));
        Assert.That(await shop.CountAsync("__migrator_runs WHERE statements <> '{}'"), Is.Zero);
        Assert.That(
            (await shop.Manager<IndexedShop>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate)
        );
    }

    [Test]
    public async Task An_index_of_a_new_table_is_created_within_the_transaction()
    {
        await using var shop = await ShopDatabase.CreateAsync();

        await shop.Manager<IndexedShop>().MigrateAsync();

        Assert.That(await shop.CountAsync(Valid), Is.EqualTo(2));
    }

    [Test]
    public async Task Duplicates_are_found_before_anything_is_committed()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("INSERT INTO orders (name) VALUES ('ORDER 1')");

        var failed = Assert.CatchAsync<MigrationException>(() => shop.Manager<IndexedShop>().MigrateAsync());

        Assert.That(failed!.Message, Does.Contain("1 groups of rows have equal keys").And.Contain("ux_orders_name"));
        Assert.That(await shop.AppliedAsync(), Is.EqualTo(new[] { CreateOrders.Version }));
        Assert.That(await shop.CountAsync(Invalid), Is.Zero);
        Assert.That(await shop.CountAsync(Valid), Is.Zero);
    }

    [Test]
    public async Task What_a_run_had_no_time_for_is_done_by_the_next_start_which_replaces_an_invalid_index()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<IndexedShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("DROP INDEX ux_orders_name; DROP INDEX \"Ix Total\"");
        await shop.Database.ExecuteAsync("INSERT INTO orders (name) VALUES ('ORDER 1')");
        Assert.CatchAsync(() =>
            shop.Database.ExecuteAsync(
                "CREATE UNIQUE INDEX CONCURRENTLY ux_orders_name ON orders (lower(name) text_pattern_ops DESC) WHERE total >= 0"
            )
        );
        Assert.That(await shop.CountAsync(Invalid), Is.EqualTo(1), "as after a kill");
        await shop.Database.ExecuteAsync("DELETE FROM orders WHERE name = 'ORDER 1'");
        await shop.Database.ExecuteAsync(
            "UPDATE __migrator_runs SET statements = ARRAY['0:CREATE UNIQUE INDEX CONCURRENTLY ux_orders_name ON orders (lower(name) text_pattern_ops DESC) WHERE total >= 0', '0:CREATE INDEX CONCURRENTLY \"Ix Total\" ON orders (total)']"
        );
        Assert.That(
            (await shop.Manager<IndexedShop>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.Interrupted)
        );

        var summary = await shop.Manager<IndexedShop>().MigrateAsync();

        Assert.That(summary.Success, Is.True);
        Assert.That(await shop.CountAsync(Invalid), Is.Zero);
        Assert.That(await shop.CountAsync(Valid), Is.EqualTo(2));
        Assert.That(
            (await shop.Manager<IndexedShop>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate)
        );
    }

    [Test, Category(Figure.Category)]
    public async Task Starts_that_wait_for_a_run_do_not_keep_it_from_creating_an_index()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();

        var summaries = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => shop.Manager<IndexedShop>().MigrateAsync()))
        );

        Assert.That(summaries.Select(summary => summary.Success), Is.All.True);
        Assert.That(await shop.CountAsync(Valid), Is.EqualTo(2));
    }

    [Test]
    public async Task Indexes_are_dropped_after_the_commit_of_a_rollback()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<IndexedShop>().MigrateAsync();

        await shop.Manager<IndexedShop>().RollbackToVersionAsync(CreateOrders.Version);

        Assert.That(await shop.CountAsync(Valid), Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_new_value_of_an_enum_is_used_by_the_run_that_adds_it(bool isNewType)
    {
        await using var shop = await ShopDatabase.CreateAsync();
        if (!isNewType)
        {
            await shop.Manager<MoodShop>().MigrateAsync();
        }

        await shop.Manager<NewMoodShop>().MigrateAsync();

        Assert.That(await shop.CountAsync("moods WHERE mood = 'glad'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_value_that_an_earlier_attempt_has_added_is_no_error()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<MoodShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("ALTER TYPE mood ADD VALUE 'glad'");

        await shop.Manager<NewMoodShop>().MigrateAsync();

        Assert.That(await shop.CountAsync("moods WHERE mood = 'glad'"), Is.EqualTo(1));
    }
}
