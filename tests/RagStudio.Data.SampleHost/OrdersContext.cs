using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.SampleHost;

/// <summary>Also has a constructor without arguments, with a different database.</summary>
internal sealed class OrdersContext : DbContext
{
    public OrdersContext() { }

    public OrdersContext(DbContextOptions<OrdersContext> options)
        : base(options) { }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (!optionsBuilder.IsConfigured)
        {
            optionsBuilder.UseSqlite("Data Source=of-the-constructor.db");
        }
    }
}

[DbContext(typeof(OrdersContext)), Migration("20250101000000_CreateOrders")]
internal sealed class CreateOrders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("orders", table => new { amount = table.Column<long>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("orders");
}

// With the same timestamp: a culture sorts the underscore before letters, ordinal order after capitals.
[DbContext(typeof(OrdersContext)), Migration("20250201000000_Add_Lines")]
internal sealed class AddLines : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE lines (id INTEGER PRIMARY KEY)");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("lines");
}

[DbContext(typeof(OrdersContext)), Migration("20250201000000_AddTextOfLines")]
internal sealed class AddTextOfLines : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE lines ADD COLUMN text TEXT");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE lines DROP COLUMN text");
}
