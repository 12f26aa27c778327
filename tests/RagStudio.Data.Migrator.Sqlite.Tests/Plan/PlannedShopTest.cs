namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

/// <summary>
/// A test of a plan on a real file with 5 orders, whose customers are NULL, '1', '1', 'x', 'y', and 5 lines;
/// it may then run what was planned.
/// </summary>
public abstract class PlannedShopTest : ShopTest
{
    protected const string Orders =
        "SELECT group_concat(coalesce(customer, '-'), ' ') FROM (SELECT customer FROM orders ORDER BY id)";

    [SetUp]
    public async Task CreateOrdersAsync()
    {
        PlannedChange.Release = PlannedRelease.Nothing;
        await Shop.CreateFirstReleaseAsync(orders: 5);
        Shop.Execute(
            "UPDATE orders SET customer = CASE id WHEN 2 THEN '1' WHEN 3 THEN '1' WHEN 4 THEN 'x' WHEN 5 THEN 'y' END"
        );
    }

    /// <summary>Reads the plan of the only pending migration, and asserts that it wrote nothing.</summary>
    /// <param name="release">What the migration does.</param>
    /// <param name="isPresent">True if what it creates exists, so that it is refused.</param>
    protected async Task<PlannedMigration> PlanAsync(PlannedRelease release, bool isPresent = false)
    {
        PlannedChange.Release = release;
        var before = Shop.Files();
        var plan = await Shop.Manager<PlannedShopContext>().PlanAsync();
        Assert.That(Shop.Files(), Is.EqualTo(before));
        var migration = plan.Databases.Single().Migrations.Single();
        Assert.That(migration.Version, Is.EqualTo(PlannedChange.Version));
        Assert.That(plan.Refusal is not null, Is.EqualTo(migration.Destructive || isPresent));
        return migration;
    }

    protected static void AssertFinding(
        PlannedMigration plan,
        PlanFindingKind kind,
        string? table,
        string? column,
        long rows,
        bool destructive
    )
    {
        var found = plan.Findings.Select(f => (f.Kind, f.Table, f.Column, f.Rows, f.IsDestructive));
        Assert.That(found, Is.EqualTo(new[] { (kind, table, column, rows, destructive) }));
        Assert.That(plan.Destructive, Is.EqualTo(destructive));
    }

    protected async Task AssertRefusedAsync(string reason)
    {
        var before = Shop.Dump();
        var refusal = Assert.ThrowsAsync<PlanRefusedException>(() => Shop.Manager<PlannedShopContext>().MigrateAsync());
        Assert.That(refusal!.Message, Does.Contain(reason));
        Assert.That(refusal.Versions, Is.EqualTo(new[] { PlannedChange.Version }));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Assert.That(await Shop.Manager<PlannedShopContext>().Backups.ListAsync(), Is.Empty);
    }

    protected async Task AssertFailsAsync(string reason)
    {
        var before = Shop.Dump();
        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => RunAsync());
        Assert.That(failure!.Message, Does.Contain(reason));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        await Task.CompletedTask;
    }

    protected async Task RunAsync(bool allowDestructive = false, bool validate = true)
    {
        var summary = await Shop.Manager<PlannedShopContext>(options =>
            {
                options.AllowDestructive = allowDestructive;
                options.ValidateAfterMigration = validate;
            })
            .MigrateAsync();
        Assert.That(summary.Databases.Single().Migrations, Has.Count.EqualTo(1));
    }
}
