using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

[TestFixture(false)]
[TestFixture(true)]
public sealed class LostRowsTests(bool isCompiled) : ShopTest(isCompiled)
{
    private const int Orders = 50;

    [SetUp]
    public Task CreateDatabase() => Shop.CreateFirstReleaseAsync(Orders);

    [Test]
    public void Rows_that_go_without_a_word_fail_the_run_and_come_back()
    {
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() =>
            Shop.Manager<LosingShopContext>().MigrateAsync()
        );

        Assert.Multiple(() =>
        {
            Assert.That(
                failure!.Reports.Single().Errors.Select(error => (error.Kind, error.Table)),
                Is.EquivalentTo(
                    new[] { (ValidationErrorKind.LostRows, "orders"), (ValidationErrorKind.LostRows, "order_lines") }
                )
            );
            Assert.That(failure.Reports.Single().ErrorCount, Is.EqualTo(2 * Losing.Rows));
            Assert.That(failure.Message, Does.Contain("has lost 10 row(s), and no migration declared it"));
            Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
            Assert.That(Shop.Dump(), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Rows_that_go_with_consent_are_a_warning_with_their_number()
    {
        var summary = await Shop.Manager<LosingShopContext>(o => o.AllowDestructive = true).MigrateAsync();

        Assert.That(
            summary.Reports.Single().Warnings.Select(warning => warning.Detail),
            Has.Some.Contains("'orders' has lost 10 row(s)")
        );
        Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM orders"), Is.EqualTo(Orders - Losing.Rows));
    }

    [Test]
    public async Task Rows_that_a_migration_announces_may_go()
    {
        var summary = await Shop.Manager<AnnouncingContext>().MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM orders"), Is.EqualTo(Orders - 10));
    }

    [Test]
    public void More_rows_than_a_migration_announces_are_refused_where_the_plan_can_count_them()
    {
        var refusal = Assert.ThrowsAsync<PlanRefusedException>(() =>
            Shop.Manager<UnderstatingContext>().MigrateAsync()
        );

        Assert.That(refusal!.Message, Does.Contain("deletes 10 rows of 'orders'").And.Not.Contain("order_lines"));
        Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM orders"), Is.EqualTo(Orders));
    }

    [Test]
    public async Task Rows_that_an_operation_names_need_no_announcement()
    {
        var summary = await Shop.Manager<NamingContext>().MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM order_lines"), Is.EqualTo(Orders - 2));
    }

    [Test]
    public async Task Rows_of_a_renamed_table_are_looked_for_under_its_new_name()
    {
        var summary = await Shop.Manager<RenamingContext>().MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM purchases"), Is.EqualTo(Orders));
    }

    [Test]
    public void A_table_that_goes_by_sql_alone_fails_the_run_and_comes_back()
    {
        var failure = Assert.CatchAsync<MigrationException>(() => Shop.Manager<DroppingBySqlContext>().MigrateAsync());

        Assert.That(failure, Is.InstanceOf<PlanRefusedException>().Or.InstanceOf<ValidationFailedException>());
        Assert.That(Shop.Scalar<long>("SELECT COUNT(*) FROM order_lines"), Is.EqualTo(Orders));
    }

    [Test]
    public async Task A_rollback_whose_down_deletes_rows_of_a_table_that_stays_is_undone()
    {
        await Shop.Manager<DeletingDownContext>().MigrateAsync();
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() =>
            Shop.Manager<DeletingDownContext>().RollbackToVersionAsync(CreateOrders.Version)
        );

        Assert.That(
            failure!.Reports.Single().Errors.Select(error => error.Detail),
            Has.One.StartsWith("'orders' has lost 50 row(s)")
        );
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }
}

public sealed class AnnouncingContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(AnnouncingContext)), Migration(Version)]
public sealed class AnnouncingCreateOrders : CreateOrders;

[DbContext(typeof(AnnouncingContext)), Migration("20250901000000_LoseOrders")]
[RemovesRows("orders", AtMost = 10), RemovesRows("order_lines")]
public sealed class Announcing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DELETE FROM orders WHERE id <= 10");
}

public sealed class UnderstatingContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(UnderstatingContext)), Migration(Version)]
public sealed class UnderstatingCreateOrders : CreateOrders;

[DbContext(typeof(UnderstatingContext)), Migration("20250901000000_LoseOrders")]
[RemovesRows("ORDERS", AtMost = 9), RemovesRows("order_lines", AtMost = 10)]
public sealed class Understating : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DELETE FROM orders WHERE id <= 10");
}

public sealed class NamingContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(NamingContext)), Migration(Version)]
public sealed class NamingCreateOrders : CreateOrders;

[DbContext(typeof(NamingContext)), Migration("20250901000000_NameLines")]
public sealed class Naming : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.DeleteData("order_lines", "id", "INTEGER", keyValues: [1L, 2L]);
}

public sealed class RenamingContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(RenamingContext)), Migration(Version)]
public sealed class RenamingCreateOrders : CreateOrders;

[DbContext(typeof(RenamingContext)), Migration("20250901000000_RenameOrders")]
public sealed class Renaming : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.RenameTable("orders", newName: "purchases");
}

public sealed class DroppingBySqlContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(DroppingBySqlContext)), Migration(Version)]
public sealed class DroppingBySqlCreateOrders : CreateOrders;

[DbContext(typeof(DroppingBySqlContext)), Migration("20250901000000_DropLines")]
public sealed class DroppingBySql : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE order_lines");
}

public sealed class DeletingDownContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(DeletingDownContext)), Migration(Version)]
public sealed class DeletingDownCreateOrders : CreateOrders;

[DbContext(typeof(DeletingDownContext)), Migration("20250901000000_AddNote")]
public sealed class DeletingDown : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("note", "orders", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DELETE FROM orders");
}
