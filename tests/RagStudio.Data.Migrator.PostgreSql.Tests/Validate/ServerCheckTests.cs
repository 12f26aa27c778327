using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class ServerCheckTests
{
    private const string ImmutableKey =
        "CREATE FUNCTION key(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN lower($1); END'; CREATE INDEX ix_key ON orders (key(name))";

    /// <summary>What an immutable function must not do: the index keeps the old values.</summary>
    private const string ChangedKey =
        "CREATE OR REPLACE FUNCTION key(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN upper($1); END'";

    [Test]
    public async Task Collations_of_another_version_are_a_warning_with_their_indexes()
    {
        await using var shop = await SequenceTests.NewAsync(
            """CREATE TABLE c (a text COLLATE "und-x-icu" UNIQUE, b text UNIQUE, c text COLLATE "en-x-icu" UNIQUE)"""
        );
        await SetAsync(shop, "UPDATE pg_collation SET collversion = '1.0' WHERE collname IN ('und-x-icu', 'de-x-icu')");

        var report = await shop.ValidateAsync<FirstShop>();

        var warning = report.Of(ValidationWarningKind.OutdatedCollation).Single();
        Assert.That(
            warning,
            Does.StartWith("the collation 'und-x-icu' had version 1.0 and has ")
                .And.Contain("in the 1 index(es)")
                .And.Contain(
                    "REINDEX public.c_a_key, then execute: ALTER COLLATION pg_catalog.\"und-x-icu\" REFRESH VERSION"
                )
        );
        Assert.That(report.Errors, Is.Empty);
        var summary = await shop.Manager<SecondShop>().MigrateAsync();
        Assert.That(
            summary.Reports.Single().Of(ValidationWarningKind.OutdatedCollation),
            Is.EqualTo(new[] { warning })
        );
        await SetAsync(shop, "ALTER COLLATION \"und-x-icu\" REFRESH VERSION");
        Assert.That((await shop.ValidateAsync<SecondShop>()).Of(ValidationWarningKind.OutdatedCollation), Is.Empty);
    }

    [Test]
    public async Task The_databases_own_collation_of_another_version_is_a_warning()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await RequireAsync(shop, 15);
        var name = shop.Database.Name + "_icu";
        await SetAsync(
            shop,
            $"CREATE DATABASE {name} OWNER {shop.Database.Owner.Name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C' ENCODING 'UTF8'"
        );
        try
        {
            var there = new NpgsqlConnectionStringBuilder(shop.Database.ConnectionString) { Database = name };
            await shop.Manager<FirstShop>(there.ConnectionString).MigrateAsync();
            Assert.That(await WarningsAsync(), Is.Empty);
            await SetAsync(shop, $"UPDATE pg_database SET datcollversion = '1.0' WHERE datname = '{name}'");

            await Sql.ExecuteAsync(there.ConnectionString, "CREATE INDEX \"By Name\" ON orders (name)");

            Assert.That(
                (await WarningsAsync()).Single(),
                Does.StartWith("the default collation had version 1.0")
                    .And.Contain("public.\"By Name\"")
                    .And.EndWith($"then execute: ALTER DATABASE {name} REFRESH COLLATION VERSION")
            );

            async Task<IEnumerable<string>> WarningsAsync() =>
                (await shop.ValidateAsync<FirstShop>(connectionString: there.ConnectionString)).Of(
                    ValidationWarningKind.OutdatedCollation
                );
        }
        finally
        {
            await SetAsync(shop, $"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    [Test]
    public async Task An_index_that_lacks_rows_is_found_by_amcheck_and_fails_only_the_run_that_caused_it()
    {
        await using var shop = await SequenceTests.NewAsync(ImmutableKey);
        await SetAsync(
            shop,
            "CREATE EXTENSION amcheck; GRANT EXECUTE ON FUNCTION bt_index_check(regclass, boolean) TO public"
        );
        Assert.That((await shop.ValidateAsync<FirstShop>(CheckDepth.Full)).Errors, Is.Empty);

        var failed = Assert.ThrowsAsync<ValidationFailedException>(() => shop.MigrateWithAsync(ChangedKey));

        Assert.That(failed!.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(await shop.AppliedAsync(), Is.EqualTo(new[] { CreateOrders.Version }));
        Assert.That((await shop.ValidateAsync<FirstShop>(CheckDepth.Full)).Errors, Is.Empty);

        await shop.Database.ExecuteAsync(ChangedKey);
        var error = (await shop.ValidateAsync<FirstShop>(CheckDepth.Full)).Errors.Single();
        Assert.That(
            (error.Kind, error.Table, error.Id),
            Is.EqualTo((ValidationErrorKind.Integrity, "orders", "ix_key"))
        );
        Assert.That(error.Detail, Does.Contain("lacks matching index tuple").And.Contain("XX001"));
        Assert.That((await shop.ValidateAsync<FirstShop>()).Errors, Is.Empty, "only a full check reads indexes");
        var summary = await shop.Manager<SecondShop>().MigrateAsync();
        Assert.That(
            summary.Reports.Single().Of(ValidationWarningKind.ExistingDamage).Single(),
            Does.StartWith("1 error(s) of 'indexes' that this run did not cause")
        );
    }

    [Test]
    public async Task Amcheck_holds_no_lock_that_keeps_others_from_writing()
    {
        await using var shop = await SequenceTests.NewAsync(ImmutableKey);
        await SetAsync(
            shop,
            "CREATE EXTENSION amcheck; GRANT EXECUTE ON FUNCTION bt_index_check(regclass, boolean) TO public"
        );
        await using var writer = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(writer, "BEGIN; UPDATE orders SET name = name || '!'");

        Assert.That((await shop.ValidateAsync<FirstShop>(CheckDepth.Full)).Errors, Is.Empty);

        await Sql.ExecuteAsync(writer, "COMMIT");
    }

    [Test]
    public async Task Who_asks_for_a_full_check_is_told_that_amcheck_is_missing_and_nobody_else_is()
    {
        await using var shop = await SequenceTests.NewAsync("SELECT 1");

        Assert.That(await NotCheckedAsync(CheckDepth.BySize), Has.None.Contain("amcheck"));
        Assert.That(await NotCheckedAsync(CheckDepth.Full), Has.One.Contain("CREATE EXTENSION amcheck"));
        await SetAsync(shop, "CREATE EXTENSION amcheck");
        Assert.That(
            await NotCheckedAsync(CheckDepth.Full),
            Has.One.Contain("GRANT EXECUTE ON FUNCTION bt_index_check")
        );
        var summary = await shop.Manager<SecondShop>().MigrateAsync();
        Assert.That(summary.Reports.Single().Of(ValidationWarningKind.NotChecked), Has.None.Contain("amcheck"));

        async Task<IEnumerable<string>> NotCheckedAsync(CheckDepth depth) =>
            (await shop.ValidateAsync<FirstShop>(depth)).Of(ValidationWarningKind.NotChecked);
    }

    [Test]
    public async Task Invalid_indexes_and_constraints_are_named_with_their_schema_and_counted_by_table()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<SalesContext>().MigrateAsync();
        await shop.Database.ExecuteAsync("INSERT INTO sales.things VALUES (1)");
        foreach (var name in new[] { "one", "two" })
        {
            Assert.CatchAsync(() =>
                shop.Database.ExecuteAsync($"CREATE UNIQUE INDEX CONCURRENTLY {name} ON sales.things (id)")
            );
        }
        await shop.Database.ExecuteAsync("ALTER TABLE sales.things ADD CONSTRAINT positive CHECK (id > 5) NOT VALID");

        var report = await shop.ValidateAsync<SalesContext>();

        Assert.That(report.ErrorCount, Is.EqualTo(2));
        Assert.That(
            report.Errors.Select(error => (error.Table, error.Id)),
            Is.EqualTo(new[] { ("sales.things", "one"), ("sales.things", "two") })
        );
        Assert.That(
            report.Of(ValidationWarningKind.NotChecked),
            Has.One.StartWith("the constraint 'positive' of 'sales.things' is NOT VALID")
        );
    }

    [Test]
    public async Task A_partitioned_index_is_invalid_until_each_partition_has_its_part()
    {
        await using var shop = await SequenceTests.NewAsync(
            """
            CREATE TABLE p (id int) PARTITION BY RANGE (id);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
            CREATE INDEX ix_p ON ONLY p (id)
            """
        );

        var error = (await shop.ValidateAsync<FirstShop>()).Errors.Single();

        Assert.That(error.Table, Is.EqualTo("p"));
        Assert.That(error.Detail, Does.Contain("'ix_p' of 'p' is INVALID: not every partition has a part of it"));
        await shop.Database.ExecuteAsync("CREATE INDEX ix_p1 ON p1 (id); ALTER INDEX ix_p ATTACH PARTITION ix_p1");
        Assert.That((await shop.ValidateAsync<FirstShop>()).Errors, Is.Empty);
    }

    [Test]
    public async Task An_invalid_index_fails_only_the_run_that_leaves_it()
    {
        await using var shop = await SequenceTests.NewAsync(
            "CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10)"
        );

        var failed = Assert.ThrowsAsync<ValidationFailedException>(() =>
            shop.MigrateWithAsync("CREATE INDEX ix_p ON ONLY p (id)")
        );

        Assert.That(failed!.Reports.Single().Errors.Single().Id, Is.EqualTo("ix_p"));
        Assert.That(await shop.CountAsync("pg_class WHERE relname = 'ix_p'"), Is.Zero);
        await shop.Database.ExecuteAsync("CREATE INDEX ix_p ON ONLY p (id)");
        var summary = await shop.Manager<SecondShop>().MigrateAsync();
        Assert.That(
            summary.Reports.Single().Of(ValidationWarningKind.ExistingDamage).Single(),
            Does.StartWith("1 error(s) of 'indexes' that this run did not cause")
        );
    }

    [Test]
    public async Task An_index_that_somebody_creates_at_this_moment_is_no_damage()
    {
        await using var shop = await SequenceTests.NewAsync("SELECT 1");
        await using var reader = await Sql.OpenAsync(shop.Database.ConnectionString);
        await Sql.ExecuteAsync(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ");
        await Sql.ExecuteAsync(reader, "SELECT FROM orders");
        var creating = shop.Database.ExecuteAsync("CREATE INDEX CONCURRENTLY ix_name ON orders (name)");
        await Condition.HoldsAsync(
            "it waits for the reader",
            async () => await shop.CountAsync("pg_index WHERE NOT indisvalid") == 1
        );

        var report = await shop.ValidateAsync<FirstShop>();

        Assert.That(creating.IsCompleted, Is.False);
        Assert.That(report.Errors, Is.Empty);
        await Sql.ExecuteAsync(reader, "COMMIT");
        await creating;
    }

    private static Task SetAsync(ShopDatabase shop, string sql) =>
        Sql.ExecuteAsync(shop.Database.SuperuserConnectionString, sql);

    private static async Task RequireAsync(ShopDatabase shop, int version)
    {
        await using var connection = await Sql.OpenAsync(shop.Database.ConnectionString);
        Assume.That(connection.PostgreSqlVersion.Major, Is.GreaterThanOrEqualTo(version));
    }
}
