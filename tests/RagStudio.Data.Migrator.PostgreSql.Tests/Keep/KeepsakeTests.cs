namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class KeepsakeTests
{
    private const string AllRows = """
        SELECT string_agg(p::text, E'\n' ORDER BY id) || (SELECT string_agg(c::text, E'\n' ORDER BY id) FROM categories AS c)
        FROM (SELECT id, name, category_id, mood, tags, payload, price, made, weight, name_length FROM products) AS p
        """;

    private static readonly Action<MigrationOptions> Consent = options => options.AllowDestructive = true;

    [Test]
    public async Task Dropped_tables_and_columns_come_back_with_every_value()
    {
        await using var shop = await FilledAsync();
        var before = await shop.Database.ScalarAsync<string>(AllRows);
        await shop.Manager<LeanCatalog>(options: Consent).MigrateAsync();
        Assert.That(await shop.CountAsync("pg_class WHERE relname = 'categories'"), Is.Zero);

        await shop.Manager<LeanCatalog>(options: Consent).RollbackToVersionAsync(CreateCatalog.Version);

        Assert.That(await shop.Database.ScalarAsync<string>(AllRows), Is.EqualTo(before));
        // The next row gets a number that none has.
        await shop.Database.ExecuteAsync("INSERT INTO categories (name) VALUES ('new')");
    }

    [Test]
    public async Task Rows_that_were_deleted_or_added_since_stay_deleted_or_new()
    {
        await using var shop = await FilledAsync();
        await shop.Manager<LeanCatalog>(options: Consent).MigrateAsync();
        await shop.Database.ExecuteAsync("DELETE FROM products WHERE id <= 10");

        await shop.Manager<LeanCatalog>(options: Consent).RollbackToVersionAsync(CreateCatalog.Version);

        Assert.That(await shop.CountAsync("products WHERE payload ->> 'n' = id::text"), Is.EqualTo(90));
        Assert.That(await shop.CountAsync("categories"), Is.EqualTo(50));
    }

    [Test]
    public async Task What_the_application_deleted_after_it_came_back_stays_deleted()
    {
        await using var shop = await FilledAsync();
        await shop.Manager<LeanCatalog>(options: Consent).MigrateAsync();
        await shop.Manager<LeanCatalog>(options: Consent).RollbackToVersionAsync(CreateCatalog.Version);
        await shop.Database.ExecuteAsync("TRUNCATE products; DELETE FROM categories WHERE id > 1");

        await shop.Manager<LeanCatalog>(options: Consent).MigrateAsync();
        await shop.Manager<LeanCatalog>(options: Consent).RollbackToVersionAsync(CreateCatalog.Version);

        Assert.That(await shop.CountAsync("categories"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_value_that_Down_computes_stays_and_the_others_come_back()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Manager<SplitNames>(options: Consent).MigrateAsync();
        await shop.Database.ExecuteAsync("UPDATE orders SET first = 'renamed' WHERE id = 3");

        await shop.Manager<SplitNames>(options: Consent).RollbackToVersionAsync(CreateOrders.Version);

        Assert.That(
            await shop.Database.ScalarAsync<string>(
                "SELECT string_agg(name, ',' ORDER BY id) FROM orders WHERE id <= 4"
            ),
            Is.EqualTo("order 1,order 2,renamed 3,order 4")
        );
    }

    [Test]
    public async Task What_a_rollback_drops_comes_back_when_the_migration_is_applied_again()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<SecondShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("UPDATE orders SET total = id * 100");

        await shop.Manager<SecondShop>(options: Consent).RollbackToVersionAsync(CreateOrders.Version);
        Assert.That(
            await shop.CountAsync("pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'total'"),
            Is.Zero
        );
        await shop.Manager<SecondShop>().MigrateAsync();

        // The migration itself sets all totals to 1, which is newer.
        Assert.That(await shop.CountAsync("orders WHERE total = 1"), Is.EqualTo(10));
    }

    [Test]
    public async Task Nothing_is_kept_by_a_run_that_fails_afterwards()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();

        var failed = Assert.ThrowsAsync<MigrationFailedException>(() =>
            shop.Manager<FailingDrop>(options: Consent).MigrateAsync()
        );

        Assert.That(failed!.Message, Does.Contain("division by zero"));
        Assert.That(failed.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(await shop.CountAsync("orders"), Is.EqualTo(10));
        Assert.That(await shop.CountAsync("pg_namespace WHERE nspname = '__migrator_kept'"), Is.Zero);
    }

    [Test]
    public async Task What_is_larger_than_the_limit_is_refused_and_nothing_changes()
    {
        await using var shop = await FilledAsync();

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() =>
            shop.Manager<LeanCatalog>(options: Consent, database: options => options.KeepsakeLimit = 8192)
                .MigrateAsync()
        );

        Assert.That(refused!.Versions, Is.EqualTo(new[] { DropCategories.Version }));
        Assert.That(refused.Message, Does.Contain("KeepsakeLimit (8192)").And.Contain("Nothing was changed."));
        Assert.That(await shop.CountAsync("categories"), Is.EqualTo(50));
        Assert.That(await shop.CountAsync("pg_namespace WHERE nspname = '__migrator_kept'"), Is.Zero);
    }

    [Test]
    public async Task A_role_that_may_not_create_the_schema_is_told_what_it_needs()
    {
        await using var shop = await FilledAsync();
        var role = await shop.Database.CreateRoleAsync();
        await Sql.ExecuteAsync(
            shop.Database.SuperuserConnectionString,
            $"""
            CREATE ROLE {role.Name}_tables NOLOGIN;
            REASSIGN OWNED BY {shop.Database.Owner.Name} TO {role.Name}_tables;
            ALTER DATABASE {shop.Database.Name} OWNER TO CURRENT_USER;
            GRANT {role.Name}_tables TO {role.Name};
            GRANT CREATE ON SCHEMA public TO {role.Name};
            """
        );

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() =>
            shop.Manager<LeanCatalog>(shop.Database.ConnectionStringFor(role), Consent).MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("grant it CREATE on the database"));
        await Sql.ExecuteAsync(
            shop.Database.SuperuserConnectionString,
            $"DROP OWNED BY {role.Name}_tables; DROP ROLE {role.Name}_tables"
        );
    }

    [Test]
    public async Task A_schema_of_another_role_is_refused()
    {
        await using var shop = await FilledAsync();
        await Sql.ExecuteAsync(shop.Database.SuperuserConnectionString, "CREATE SCHEMA __migrator_kept");

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() =>
            shop.Manager<LeanCatalog>(options: Consent).MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("belongs to the role"));
        Assert.That(await shop.CountAsync("categories"), Is.EqualTo(50));
    }

    [Test]
    public async Task Rows_hidden_by_row_security_are_not_lost_unseen()
    {
        await using var shop = await FilledAsync();
        await shop.Database.ExecuteAsync(
            "ALTER TABLE categories ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY own ON categories USING (id < 10)"
        );

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() =>
            shop.Manager<LeanCatalog>(options: Consent).MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("row security"));
    }

    [Test]
    public async Task Keepsakes_are_listed_verified_and_pruned_like_backups()
    {
        await using var shop = await FilledAsync();
        var summary = await shop.Manager<LeanCatalog>(options: Consent).MigrateAsync();
        var backups = shop.Manager<LeanCatalog>().Backups;

        var set = (await backups.ListAsync()).Single();
        Assert.That(set.RunId, Is.EqualTo(summary.RunId));
        Assert.That(set.Id, Does.EndWith($"_{summary.RunId}"));
        Assert.That(set.Reason, Is.EqualTo(BackupReason.BeforeMigration));
        Assert.That(set.SizeBytes, Is.GreaterThan(0));
        Assert.That(set.Databases.Single().Rows!["public.categories"], Is.EqualTo(50));
        Assert.That((await backups.VerifyAsync()).Single().Faults, Is.Empty);

        var kept = await shop.Database.ScalarAsync<long>(
            "SELECT id FROM __migrator_kept.keepsakes WHERE table_name = 'categories'"
        );
        await shop.Database.ExecuteAsync($"UPDATE __migrator_kept.kept_{kept} SET name = 'x' WHERE id = 7");
        Assert.That((await backups.VerifyAsync()).Single().Faults.Single(), Does.Contain("was altered"));
        await shop.Database.ExecuteAsync($"DELETE FROM __migrator_kept.kept_{kept} WHERE id = 7");
        Assert.That((await backups.VerifyAsync()).Single().Faults.Single(), Does.Contain("has 49 rows, not 50"));
    }

    [Test]
    public async Task Old_keepsakes_are_removed_by_number_and_the_newest_stays()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<SecondShop>().MigrateAsync();
        for (var round = 0; round < 3; round++)
        {
            await shop.Manager<SecondShop>(options: Few).RollbackToVersionAsync(CreateOrders.Version);
            await shop.Manager<SecondShop>(options: Few).MigrateAsync();
        }

        var sets = await shop.Manager<SecondShop>().Backups.ListAsync();

        Assert.That(sets, Has.Count.EqualTo(2));
        Assert.That(
            await shop.CountAsync(
                "pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relname LIKE 'kept%' AND relkind = 'r'"
            ),
            Is.EqualTo(2)
        );

        static void Few(MigrationOptions options) => (options.AllowDestructive, options.BackupsToKeep) = (true, 2);
    }

    [Test]
    public async Task The_application_s_triggers_do_not_see_rows_come_back()
    {
        await using var shop = await FilledAsync();
        await shop.Database.ExecuteAsync(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'a trigger fired'; END $$;
            CREATE TRIGGER guard BEFORE UPDATE ON products FOR EACH ROW EXECUTE FUNCTION refuse();
            """
        );
        await shop.Manager<LeanCatalog>(options: Consent).MigrateAsync();

        await shop.Manager<LeanCatalog>(options: Consent).RollbackToVersionAsync(CreateCatalog.Version);

        Assert.That(await shop.CountAsync("products WHERE payload ->> 'n' = id::text"), Is.EqualTo(100));
        Assert.That(await shop.CountAsync("pg_trigger WHERE tgname = 'guard' AND tgenabled = 'O'"), Is.EqualTo(1));
    }

    private static async Task<ShopDatabase> FilledAsync()
    {
        var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FullCatalog>().MigrateAsync();
        await shop.Database.ExecuteAsync(
            """
            INSERT INTO categories (name, parent_id) SELECT 'category ' || n, NULLIF(n / 2, 0) FROM generate_series(1, 50) AS n;
            INSERT INTO products (name, category_id, mood, tags, payload, price, made, weight)
            SELECT 'product ' || n, 1 + n % 50, (ARRAY['glad', 'sad', NULL])[1 + n % 3]::mood, ARRAY['a' || n, NULL, '"'],
                jsonb_build_object('n', n, 'text', E'\u00e4'), n / 7.0, now() + n * interval '1.000001 s', n / 3.0
            FROM generate_series(1, 100) AS n;
            """
        );
        return shop;
    }
}
