using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A release that creates an index while others write.</summary>
public sealed class IndexedShop(DbContextOptions<IndexedShop> options) : DbContext(options);

[DbContext(typeof(IndexedShop)), Migration(CreateOrders.Version)]
public sealed class IndexedCreateOrders : CreateOrders;

[DbContext(typeof(IndexedShop)), Migration("20260102000000_IndexNames")]
public sealed class IndexNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("total", "orders", nullable: false, defaultValue: 0);
        migrationBuilder.Sql(
            """
            -- One statement for each index: two in one would be a transaction.
            CREATE UNIQUE INDEX CONCURRENTLY ux_orders_name ON orders (lower(name) text_pattern_ops DESC) WHERE total >= 0;
            /* and */ CREATE INDEX CONCURRENTLY IF NOT EXISTS "Ix Total" ON public.orders (total);
            """,
            suppressTransaction: true
        );
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP INDEX CONCURRENTLY ux_orders_name", suppressTransaction: true);
        migrationBuilder.Sql("""DROP INDEX CONCURRENTLY "Ix Total";""", suppressTransaction: true);
        migrationBuilder.DropColumn("total", "orders");
    }
}

/// <summary>A release with an enum, which the next one adds a value to.</summary>
public sealed class MoodShop(DbContextOptions<MoodShop> options) : DbContext(options);

[DbContext(typeof(MoodShop)), Migration(CreateMoods.Version)]
public sealed class MoodCreate : CreateMoods;

/// <summary>Adds a value and uses it at once.</summary>
public sealed class NewMoodShop(DbContextOptions<NewMoodShop> options) : DbContext(options);

[DbContext(typeof(NewMoodShop)), Migration(CreateMoods.Version)]
public sealed class NewMoodCreate : CreateMoods;

[DbContext(typeof(NewMoodShop)), Migration("20260102000000_AddMood")]
public sealed class AddMood : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("ALTER TYPE mood ADD VALUE 'glad' BEFORE 'sad'");
        migrationBuilder.Sql("INSERT INTO moods (mood) VALUES ('glad')");
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DELETE FROM moods WHERE mood = 'glad'");
}

public abstract class CreateMoods : Migration
{
    public const string Version = "20260101000000_CreateMoods";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TYPE mood AS ENUM ('sad')");
        migrationBuilder.CreateTable("moods", table => new { mood = table.Column<string>("mood") });
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("moods");
        migrationBuilder.Sql("DROP TYPE mood");
    }
}

/// <summary>A release whose second migration is reverted by a statement that nobody can repeat.</summary>
public sealed class AttachedSales(DbContextOptions<AttachedSales> options) : DbContext(options);

[DbContext(typeof(AttachedSales)), Migration(CreatePartitions.Version)]
public sealed class AttachedCreatePartitions : CreatePartitions;

[DbContext(typeof(AttachedSales)), Migration(Version)]
public sealed class AttachRecent : Migration
{
    public const string Version = "20260102000000_AttachRecent";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE sales_recent PARTITION OF sales FOR VALUES FROM (100) TO (200)");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "ALTER TABLE sales DETACH PARTITION sales_recent CONCURRENTLY; DROP TABLE sales_recent",
            suppressTransaction: true
        );
}
