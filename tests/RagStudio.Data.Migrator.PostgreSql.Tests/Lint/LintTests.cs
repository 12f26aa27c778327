using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class LintTests
{
    private const string Files = "SELECT pg_relation_filenode('orders')::int8";
    private const string Indexes = "pg_index WHERE indrelid = 'orders'::regclass";

    private ShopDatabase _shop = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _shop = await ShopDatabase.CreateAsync();
        await MayCreateDatabasesAsync(true);
        await _shop.Manager<FirstShop>().MigrateAsync();
    }

    [TearDown]
    public async Task DropAsync() => await _shop.DisposeAsync();

    [Test]
    public async Task A_plan_tells_what_it_rewrites_with_the_present_size_and_leaves_everything_as_it_was()
    {
        await _shop.Database.ExecuteAsync("ANALYZE orders");
        var file = await _shop.Database.ScalarAsync<long>(Files);
        var bytes = await _shop.Database.ScalarAsync<long>("SELECT pg_table_size('orders')");

        var findings = await FindingsAsync<RewritingShop>();

        var rewritten = findings.Single();
        Assert.Multiple(async () =>
        {
            Assert.That(rewritten.Kind, Is.EqualTo(PlanFindingKind.RewrittenTable));
            Assert.That((rewritten.Table, rewritten.Rows, rewritten.Bytes), Is.EqualTo(("orders", 10L, bytes)));
            Assert.That(rewritten.Lock, Is.EqualTo("ACCESS EXCLUSIVE"));
            Assert.That(rewritten.Statement, Does.StartWith("ALTER TABLE orders").And.Not.Contain("SELECT 1"));
            Assert.That(rewritten.SaferForm, Does.Contain("without the default"));
            Assert.That(
                rewritten.Detail,
                Does.Contain($"rewrites 'orders' (about 10 rows, {bytes} bytes) under ACCESS EXCLUSIVE")
            );
            Assert.That(await _shop.Database.ScalarAsync<long>(Files), Is.EqualTo(file));
            Assert.That(await ScratchDatabasesAsync(), Is.Zero);
        });
    }

    [Test]
    public async Task A_run_above_the_limit_is_refused_and_one_below_it_is_not()
    {
        var bytes = await _shop.Database.ScalarAsync<long>("SELECT pg_table_size('orders')");

        var refused = Assert.CatchAsync<PlanRefusedException>(() => Manager<RewritingShop>(bytes - 1).MigrateAsync());
        var plan = await Manager<RewritingShop>(bytes - 1).PlanAsync();

        Assert.Multiple(async () =>
        {
            Assert.That(refused!.Message, Does.Contain("rewrites 'orders'").And.Contain($"{bytes - 1} bytes"));
            Assert.That(refused.Versions, Is.EqualTo(new[] { AddKey.Version }));
            Assert.That(plan.Refusal, Is.EqualTo(refused.Message));
            Assert.That(await _shop.AppliedAsync(), Is.EqualTo(new[] { CreateOrders.Version }));
            Assert.That(await _shop.TablesAsync(), Does.Not.Contain("fresh"));
        });
        Assert.That((await Manager<RewritingShop>(bytes).MigrateAsync()).Success, Is.True);
    }

    [Test]
    public async Task An_empty_table_is_locked_and_nothing_more()
    {
        await _shop.Database.ExecuteAsync("TRUNCATE orders");

        var finding = (await FindingsAsync<RewritingShop>()).Single();

        Assert.That((finding.Kind, finding.Bytes), Is.EqualTo((PlanFindingKind.LockedTable, 0L)));
    }

    [Test]
    public async Task A_statement_that_reads_a_table_which_an_earlier_one_has_locked_is_told()
    {
        var findings = await FindingsAsync<SecondShop>();

        var scanned = findings.Single();
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Kind, Is.EqualTo(PlanFindingKind.ScannedTable));
            Assert.That(scanned.Statement, Does.StartWith("UPDATE"));
            Assert.That(scanned.Lock, Is.EqualTo("ACCESS EXCLUSIVE"), "which the column before it has acquired");
            Assert.That(scanned.SaferForm, Does.Contain("a later run"));
        });
    }

    [Test]
    public async Task A_role_that_may_not_create_databases_is_told_so_and_a_limit_then_refuses()
    {
        await MayCreateDatabasesAsync(false);

        var finding = (await FindingsAsync<RewritingShop>()).Single();
        var refused = Assert.CatchAsync<PlanRefusedException>(() =>
            Manager<RewritingShop>(long.MaxValue).MigrateAsync()
        );

        Assert.Multiple(() =>
        {
            Assert.That(finding.Kind, Is.EqualTo(PlanFindingKind.LocksNotChecked));
            Assert.That(finding.Detail, Does.Contain("grant it CREATEDB"));
            Assert.That(refused!.Message, Does.Contain("CREATEDB"));
        });
        Assert.That((await _shop.Manager<RewritingShop>().MigrateAsync()).Success, Is.True);
    }

    [Test]
    public async Task A_migration_that_fails_in_the_scratch_database_ends_the_lint_and_not_the_plan()
    {
        var plan = await _shop.Manager<FailingShop>().PlanAsync();

        var kinds = plan.Databases[0].Migrations.Select(m => m.Findings.Select(f => f.Kind).ToArray()).ToArray();
        Assert.That(kinds[0], Is.EqualTo(new[] { PlanFindingKind.ScannedTable }));
        Assert.That(kinds[1], Is.EqualTo(new[] { PlanFindingKind.LocksNotChecked }));
        Assert.That(await ScratchDatabasesAsync(), Is.Zero);
    }

    [Test]
    public async Task Indexes_of_two_schemas_may_have_one_name_and_those_of_one_schema_may_not()
    {
        await _shop.Database.ExecuteAsync(
            """
            CREATE SCHEMA "a.b"; CREATE TABLE "a.b".orders (id int); CREATE INDEX ix_orders ON "a.b".orders (id);
            CREATE INDEX ix_names ON orders (name);
            """
        );

        var findings = await FindingsAsync<TwoSchemasShop>();

        var taken = findings.Where(finding => finding.Kind == PlanFindingKind.NameTaken).ToArray();
        Assert.That(taken.Select(finding => finding.Table), Is.EqualTo(new[] { "orders", "\"a.b\".orders" }));
        Assert.That(taken[0].Detail, Does.Contain("ix_names"));
        Assert.That(taken[1].Detail, Does.Contain("ix_orders"));
    }

    [Test]
    public Task Duplicates_under_an_index_of_the_model_refuse_the_run() => DuplicatesAreRefusedAsync<UniqueShop>();

    [Test]
    public Task Duplicates_under_an_index_by_sql_refuse_the_run() => DuplicatesAreRefusedAsync<UniqueSqlShop>();

    [Test]
    public async Task Duplicates_that_a_migration_removes_refuse_nothing()
    {
        await DuplicateAsync();

        var plan = await _shop.Manager<TidiedShop>().PlanAsync();
        var summary = await _shop
            .Manager<TidiedShop>(options: options => options.ValidateAfterMigration = false)
            .MigrateAsync();

        Assert.That(plan.Refusal, Is.Null);
        Assert.That(summary.Success, Is.True);
        Assert.That(await _shop.CountAsync($"{Indexes} AND indisunique AND indisvalid"), Is.EqualTo(2));
    }

    [Test]
    public async Task An_index_that_is_created_concurrently_is_no_finding()
    {
        var findings = await FindingsAsync<UniqueShop>();

        Assert.That(findings, Is.Empty);
    }

    private async Task DuplicatesAreRefusedAsync<TContext>()
        where TContext : DbContext
    {
        await DuplicateAsync();
        await MayCreateDatabasesAsync(false);

        var plan = await _shop.Manager<TContext>().PlanAsync();
        var refused = Assert.CatchAsync<PlanRefusedException>(() => _shop.Manager<TContext>().MigrateAsync());

        Assert.Multiple(async () =>
        {
            var findings = plan.Databases[0].Migrations[0].Findings;
            Assert.That(findings.Select(finding => finding.Kind), Has.None.EqualTo(PlanFindingKind.UniqueViolation));
            var finding = findings.Single(one => one.Kind == PlanFindingKind.DuplicatesAfterCommit);
            Assert.That((finding.Table, finding.Rows), Is.EqualTo(("orders", 2L)));
            Assert.That(plan.Refusal, Is.EqualTo(refused!.Message));
            Assert.That(refused.Message, Does.Contain("2 groups of duplicate rows"));
            Assert.That(await _shop.AppliedAsync(), Is.EqualTo(new[] { CreateOrders.Version }));
            Assert.That(await _shop.CountAsync(Indexes), Is.EqualTo(1), "that of the primary key");
        });
    }

    private Task DuplicateAsync() =>
        _shop.Database.ExecuteAsync("INSERT INTO orders (name) VALUES ('order 1'), ('order 1'), ('order 2')");

    private async Task<IReadOnlyList<PlanFinding>> FindingsAsync<TContext>()
        where TContext : DbContext
    {
        var plan = await _shop.Manager<TContext>().PlanAsync();
        return plan.Databases[0].Migrations.Single().Findings;
    }

    private IMigrationManager Manager<TContext>(long limit)
        where TContext : DbContext =>
        _shop.Manager<TContext>(options: options => options.RefuseAboveBlockedBytes = limit);

    private Task MayCreateDatabasesAsync(bool may) =>
        Sql.ExecuteAsync(
            _shop.Database.SuperuserConnectionString,
            $"ALTER ROLE {_shop.Database.Owner.Name} {(may ? "" : "NO")}CREATEDB"
        );

    private Task<long> ScratchDatabasesAsync() =>
        _shop.CountAsync($"pg_database WHERE shobj_description(oid, 'pg_database') LIKE '%{_shop.Database.Name}'");
}
