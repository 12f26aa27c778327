using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Testing;

/// <summary>The final release after an edit of a migration that had long been applied.</summary>
public sealed class EditedShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(EditedShopContext)), Migration(Version)]
public sealed class EditedCreateOrders : CreateOrders;

[DbContext(typeof(EditedShopContext)), Migration(Version)]
public sealed class EditedIndexOrders : IndexOrders
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        base.Up(migrationBuilder);
        migrationBuilder.Sql("UPDATE orders SET customer = 'nobody' WHERE customer IS NULL");
    }
}

[DbContext(typeof(EditedShopContext)), Migration(Version)]
public sealed class EditedRequireCustomer : RequireCustomer;

[DbContext(typeof(EditedShopContext)), Migration(Version)]
public sealed class EditedTrimCustomers : TrimCustomers;

/// <summary>
/// A release with a migration that differs each time it is created, and another that can only run in its
/// original environment.
/// </summary>
public sealed class FickleShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(FickleShopContext)), Migration(Version)]
public sealed class FickleCreateOrders : CreateOrders;

[DbContext(typeof(FickleShopContext)), Migration(IndexOrders.Version)]
public sealed class FickleNote : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql($"UPDATE orders SET customer = '{Guid.NewGuid()}'");
}

[DbContext(typeof(FickleShopContext)), Migration(RequireCustomer.Version)]
public sealed class FickleMove : Migration
{
    /// <summary>True if the migration's prerequisites exist.</summary>
    public static bool CanRun { get; set; } = true;

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(CanRun ? "SELECT 1" : throw new InvalidOperationException("The old file is gone."));
}
