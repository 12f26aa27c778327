using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Testing;

public abstract class CreateOrders : Migration
{
    public const string Version = "20250101000000_CreateOrders";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "orders",
            table => new
            {
                id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                customer = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_orders", row => row.id)
        );
        migrationBuilder.CreateTable(
            "order_lines",
            table => new
            {
                id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                order_id = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_order_lines", row => row.id);
                table.ForeignKey(
                    "FK_lines_orders",
                    row => row.order_id,
                    "orders",
                    "id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("order_lines");
        migrationBuilder.DropTable("orders");
    }
}

public abstract class IndexOrders : Migration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        ShopModel.Build(modelBuilder, required: false);

    public const string Version = "20250201000000_IndexOrders";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex("IX_orders_customer", "orders", "customer");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.DropIndex("IX_orders_customer", "orders");
}

/// <summary>Makes a column NOT NULL, which SQLite can do only by rebuilding the table that others refer to.</summary>
public abstract class RequireCustomer : Migration
{
    public const string Version = "20250301000000_RequireCustomer";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AlterColumn<string>(
            "customer",
            "orders",
            nullable: false,
            defaultValue: "",
            oldNullable: true
        );
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AlterColumn<string>("customer", "orders", nullable: true, oldNullable: false);

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        ShopModel.Build(modelBuilder, required: true);
}

public abstract class TrimCustomers : Migration
{
    public const string Version = "20250401000000_TrimCustomers";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("UPDATE orders SET customer = trim(customer)");

    protected override void Down(MigrationBuilder migrationBuilder) { }
}

internal static class ShopModel
{
    public static void Build(ModelBuilder modelBuilder, bool required)
    {
        modelBuilder.HasAnnotation("ProductVersion", "10.0.15");
        modelBuilder.Entity(
            "Order",
            order =>
            {
                order.Property<long>("id").HasColumnType("INTEGER").ValueGeneratedOnAdd();
                order.Property<string>("customer").HasColumnType("TEXT").IsRequired(required);
                order.HasKey("id");
                order.HasIndex("customer").HasDatabaseName("IX_orders_customer");
                order.ToTable("orders");
            }
        );
        modelBuilder.Entity(
            "OrderLine",
            (EntityTypeBuilder line) =>
            {
                line.Property<long>("id").HasColumnType("INTEGER").ValueGeneratedOnAdd();
                line.Property<long>("order_id").HasColumnType("INTEGER");
                line.HasKey("id");
                line.HasOne("Order", null).WithMany().HasForeignKey("order_id").OnDelete(DeleteBehavior.Cascade);
                line.ToTable("order_lines");
            }
        );
    }
}

[DbContext(typeof(ShopContext)), Migration(Version)]
public sealed class ShopCreateOrders : CreateOrders;

[DbContext(typeof(ShopContext)), Migration(Version)]
public sealed class ShopIndexOrders : IndexOrders;

[DbContext(typeof(ShopContext)), Migration(Version)]
public sealed class ShopRequireCustomer : RequireCustomer;

[DbContext(typeof(ShopContext)), Migration(Version)]
public sealed class ShopTrimCustomers : TrimCustomers;
