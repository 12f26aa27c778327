using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Loss;

/// <summary>A test of migrations that change the fixture's own database.</summary>
[NonParallelizable]
public abstract class ByHandTest : ShopTest
{
    [SetUp]
    public void ForgetMigrations()
    {
        ByHandContext.Create = ByHandContext.Change = ByHandContext.Follow = ByHandContext.ChangeBack = _ => { };
    }

    protected async Task CreateAsync(string tables, string rows)
    {
        ByHandContext.Create = b => b.Sql(tables);
        await Manager().MigrateToVersionAsync(ByHandCreate.Version);
        Shop.Execute(rows);
    }

    protected IMigrationManager Manager(Action<MigrationOptions>? configure = null) =>
        Shop.Manager(configure, m => m.AddSqliteDatabase<ByHandContext>("shop", $"Data Source={Shop.PathOf("shop")}"));

    /// <summary>Plans and runs a test's migration, and asserts that the plan had no objection.</summary>
    protected async Task<MigrationSummary> ChangeAsync(
        Action<MigrationBuilder> change,
        Action<MigrationOptions>? configure = null
    )
    {
        ByHandContext.Change = change;
        var plan = await Manager(configure).PlanAsync();
        Assert.That(plan.Refusal, Is.Null);
        return await Manager(configure).MigrateAsync();
    }

    /// <summary>Asserts that the plan and the run refuse for the same reason, and that nothing is changed.</summary>
    protected async Task<PlanRefusedException> AssertRefusedAsync(
        Action<MigrationBuilder> change,
        Action<MigrationOptions>? configure = null
    )
    {
        ByHandContext.Change = change;
        var before = Shop.Dump();
        var plan = await Manager(configure).PlanAsync();
        var refusal = Assert.ThrowsAsync<PlanRefusedException>(() => Manager(configure).MigrateAsync())!;
        Assert.That(refusal.Message, Does.StartWith(plan.Refusal!));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        return refusal;
    }

    /// <summary>
    /// Asserts that the rehearsal finds a loss that no plan could, and that the databases were never touched.
    /// </summary>
    protected async Task<string> AssertRehearsalFailsAsync(
        Action<MigrationBuilder> change,
        Action<MigrationOptions>? configure = null
    )
    {
        ByHandContext.Change = change;
        var before = Shop.Dump();
        var plan = await Manager(configure).PlanAsync();
        Assert.That(plan.Refusal, Is.Null);
        var failure = Assert.ThrowsAsync<RehearsalFailedException>(() => Manager(configure).MigrateAsync())!;
        Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        return failure.Message;
    }

    protected long Count(string table) => Shop.Scalar<long>($"SELECT count(*) FROM {table}");
}
