using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate.Rules;

/// <summary>A release that adds a column, and an order if there is none.</summary>
public sealed class NotedShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(NotedShopContext)), Migration(Version)]
public sealed class NotedCreateOrders : CreateOrders;

[DbContext(typeof(NotedShopContext)), Migration("20250901000000_NoteOrders")]
public sealed class NoteOrders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("note", "orders", nullable: true);
        migrationBuilder.Sql("INSERT INTO orders (id) SELECT 77 WHERE NOT EXISTS (SELECT 1 FROM orders)");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("note", "orders");
}
