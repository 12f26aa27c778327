using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.PostgreSql.CrashHost;

public sealed class OldOrders(DbContextOptions<OldOrders> options) : DbContext(options);

public sealed class NewOrders(DbContextOptions<NewOrders> options) : DbContext(options);

public sealed class SlowOrders(DbContextOptions<SlowOrders> options) : DbContext(options);

public sealed class GoneOrders(DbContextOptions<GoneOrders> options) : DbContext(options);

[DbContext(typeof(GoneOrders)), Migration(CreateOrders.Version)]
public sealed class GoneCreateOrders : CreateOrders;

[DbContext(typeof(OldOrders)), Migration(CreateOrders.Version)]
public sealed class OldCreateOrders : CreateOrders;

[DbContext(typeof(NewOrders)), Migration(CreateOrders.Version)]
public sealed class NewCreateOrders : CreateOrders;

[DbContext(typeof(SlowOrders)), Migration(CreateOrders.Version)]
public sealed class SlowCreateOrders : CreateOrders;

[DbContext(typeof(NewOrders)), Migration("20260102000000_AddTotal")]
public sealed class AddTotal : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("total", "orders", nullable: false, defaultValue: 0);
        migrationBuilder.Sql("UPDATE orders SET total = total + 1");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("total", "orders");
}

[DbContext(typeof(NewOrders)), Migration("20260103000000_IndexNames")]
public sealed class IndexNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "CREATE UNIQUE INDEX CONCURRENTLY ux_orders_name ON orders (name)",
            suppressTransaction: true
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP INDEX CONCURRENTLY ux_orders_name", suppressTransaction: true);
}

[DbContext(typeof(GoneOrders)), Migration("20260102000000_DropOrders")]
public sealed class DropOrders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("orders");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            "orders",
            table => new { id = table.Column<long>(), name = table.Column<string>() }
        );
}

[DbContext(typeof(SlowOrders)), Migration("20260102000000_Sleep")]
public sealed class Sleep : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("total", "orders", nullable: false, defaultValue: 0);
        migrationBuilder.Sql("SELECT pg_sleep(60)");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("total", "orders");
}

public abstract class CreateOrders : Migration
{
    public const string Version = "20260101000000_CreateOrders";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "orders",
            table => new { id = table.Column<long>(), name = table.Column<string>() }
        );
        migrationBuilder.Sql(
            $"INSERT INTO orders SELECT n, 'order ' || n FROM generate_series(1, {HostRelease.Orders}) AS n"
        );
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("orders");
}
