using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.PostgreSql.CrashHost;

public sealed class OldStock(DbContextOptions<OldStock> options) : DbContext(options);

public sealed class NewStock(DbContextOptions<NewStock> options) : DbContext(options);

[DbContext(typeof(OldStock)), Migration(CreateStock.Version)]
public sealed class OldCreateStock : CreateStock;

[DbContext(typeof(NewStock)), Migration(CreateStock.Version)]
public sealed class NewCreateStock : CreateStock;

[DbContext(typeof(NewStock)), Migration("20260102000000_Count")]
public sealed class Count : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("pieces", "stock", nullable: false, defaultValue: 0);
        migrationBuilder.Sql("UPDATE stock SET pieces = pieces + 1");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("pieces", "stock");
}

public abstract class CreateStock : Migration
{
    public const string Version = "20260101000000_CreateStock";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("stock", table => new { id = table.Column<long>() });
        migrationBuilder.Sql($"INSERT INTO stock SELECT n FROM generate_series(1, {HostRelease.Pieces}) AS n");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("stock");
}
