using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A context with a schema; another of the same database has another one.</summary>
public sealed class SalesContext(DbContextOptions<SalesContext> options) : DbContext(options);

[DbContext(typeof(SalesContext)), Migration("20260101000000_CreateSales")]
public sealed class CreateSales() : CreateThings("sales");

public sealed class DepotContext(DbContextOptions<DepotContext> options) : DbContext(options);

[DbContext(typeof(DepotContext)), Migration("20260101000001_CreateDepot")]
public sealed class CreateDepot() : CreateThings("depot");

public abstract class CreateThings(string schema) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.EnsureSchema(schema);
        migrationBuilder.CreateTable("things", table => new { id = table.Column<long>() }, schema);
        migrationBuilder.Sql($"INSERT INTO {schema}.things VALUES (1)");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("things", schema);
}
