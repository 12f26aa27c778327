using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A release that rewrites the orders, and creates a table that nobody knows yet.</summary>
public sealed class RewritingShop(DbContextOptions<RewritingShop> options) : DbContext(options);

[DbContext(typeof(RewritingShop)), Migration(CreateOrders.Version)]
public sealed class RewritingCreateOrders : CreateOrders;

[DbContext(typeof(RewritingShop)), Migration(AddKey.Version)]
public sealed class AddKey : Migration
{
    public const string Version = "20260102000000_AddKey";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("ALTER TABLE orders ADD COLUMN key uuid DEFAULT gen_random_uuid(); SELECT 1");
        migrationBuilder.CreateTable("fresh", table => new { id = table.Column<int>() });
        migrationBuilder.Sql("ALTER TABLE fresh ADD COLUMN key uuid DEFAULT gen_random_uuid()");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("fresh");
        migrationBuilder.DropColumn("key", "orders");
    }
}

/// <summary>A release whose model has a unique index that is created concurrently.</summary>
public sealed class UniqueShop(DbContextOptions<UniqueShop> options) : DbContext(options);

[DbContext(typeof(UniqueShop)), Migration(CreateOrders.Version)]
public sealed class UniqueCreateOrders : CreateOrders;

[DbContext(typeof(UniqueShop)), Migration("20260102000000_UniqueNames")]
public sealed class UniqueNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder
            .CreateIndex("ux_orders_name", "orders", "name", unique: true)
            .Annotation("Npgsql:CreatedConcurrently", true);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropIndex("ux_orders_name");
}

/// <summary>A release that creates such an index by SQL.</summary>
public sealed class UniqueSqlShop(DbContextOptions<UniqueSqlShop> options) : DbContext(options);

[DbContext(typeof(UniqueSqlShop)), Migration(CreateOrders.Version)]
public sealed class UniqueSqlCreateOrders : CreateOrders;

[DbContext(typeof(UniqueSqlShop)), Migration("20260102000000_UniqueNames")]
public sealed class UniqueSqlNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "CREATE UNIQUE INDEX CONCURRENTLY ux_orders_name ON orders (lower(name))",
            suppressTransaction: true
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP INDEX CONCURRENTLY ux_orders_name", suppressTransaction: true);
}

/// <summary>A release that removes the duplicates first.</summary>
public sealed class TidiedShop(DbContextOptions<TidiedShop> options) : DbContext(options);

[DbContext(typeof(TidiedShop)), Migration(CreateOrders.Version)]
public sealed class TidiedCreateOrders : CreateOrders;

[DbContext(typeof(TidiedShop)), Migration("20260102000000_UniqueNames")]
public sealed class TidiedNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("UPDATE orders SET name = 'order ' || id");
        migrationBuilder
            .CreateIndex("ux_orders_name", "orders", "name", unique: true)
            .Annotation("Npgsql:CreatedConcurrently", true);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropIndex("ux_orders_name");
}

/// <summary>A release with indexes of equal names in two schemas.</summary>
public sealed class TwoSchemasShop(DbContextOptions<TwoSchemasShop> options) : DbContext(options);

[DbContext(typeof(TwoSchemasShop)), Migration(CreateOrders.Version)]
public sealed class TwoSchemasCreateOrders : CreateOrders;

[DbContext(typeof(TwoSchemasShop)), Migration("20260102000000_IndexBoth")]
public sealed class IndexBoth : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex("ix_orders", "orders", "name");
        migrationBuilder.CreateIndex("ix_names", "orders", "id");
        migrationBuilder.DropIndex("ix_orders", "orders");
        migrationBuilder.CreateIndex("ix_orders", "orders", "id", "a.b");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException();
}
