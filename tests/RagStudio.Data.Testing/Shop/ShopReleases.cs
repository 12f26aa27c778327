using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Testing;

/// <summary>The application's first release.</summary>
public sealed class FirstShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(FirstShopContext)), Migration(Version)]
public sealed class FirstCreateOrders : CreateOrders;

/// <summary>A release that leaves lines without their order, with foreign keys off.</summary>
public sealed class OrphaningShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(OrphaningShopContext)), Migration(Version)]
public sealed class OrphaningCreateOrders : CreateOrders;

[DbContext(typeof(OrphaningShopContext)), Migration(Version)]
public sealed class OrphaningIndexOrders : IndexOrders;

[DbContext(typeof(OrphaningShopContext)), Migration(Version)]
public sealed class OrphaningRequireCustomer : RequireCustomer
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        base.Up(migrationBuilder);
        migrationBuilder.Sql(
            "PRAGMA foreign_keys = OFF; UPDATE orders SET id = -1 WHERE id = 1; PRAGMA foreign_keys = ON",
            suppressTransaction: true
        );
    }
}

/// <summary>A release whose rebuild fails halfway, until there is a table "cause_is_gone".</summary>
public sealed class FailingShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(FailingShopContext)), Migration(Version)]
public sealed class FailingCreateOrders : CreateOrders;

[DbContext(typeof(FailingShopContext)), Migration(Version)]
public sealed class FailingIndexOrders : IndexOrders;

[DbContext(typeof(FailingShopContext)), Migration(Version)]
public sealed class FailingRequireCustomer : RequireCustomer
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        base.Up(migrationBuilder);
        migrationBuilder.Sql("DELETE FROM cause_is_gone");
    }
}

/// <summary>A release with a statement that never ends.</summary>
public sealed class EndlessShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(EndlessShopContext)), Migration(Version)]
public sealed class EndlessCreateOrders : CreateOrders;

[DbContext(typeof(EndlessShopContext)), Migration(Version)]
public sealed class EndlessCount : Migration
{
    public const string Version = "20250601000000_CountForEver";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) UPDATE orders SET customer = (SELECT count(*) FROM n)"
        );
}

/// <summary>A release with one long statement that changes every row, between two short migrations.</summary>
public sealed class SlowShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(SlowShopContext)), Migration(Version)]
public sealed class SlowCreateOrders : CreateOrders;

[DbContext(typeof(SlowShopContext)), Migration(Version)]
public sealed class SlowIndexOrders : IndexOrders;

[DbContext(typeof(SlowShopContext)), Migration(Version)]
public sealed class SlowCount : Migration
{
    public const string Version = "20250215000000_CountSlowly";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            UPDATE orders SET customer = customer || (
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
                SELECT count(*) FROM n WHERE n.i + orders.id > 0)
            """
        );
}

[DbContext(typeof(SlowShopContext)), Migration(Version)]
public sealed class SlowRequireCustomer : RequireCustomer;

/// <summary>A release that deletes orders without declaring it; their lines are deleted with them.</summary>
public sealed class LosingShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(LosingShopContext)), Migration(Version)]
public sealed class LosingCreateOrders : CreateOrders;

[DbContext(typeof(LosingShopContext)), Migration(Version)]
public sealed class Losing : Migration
{
    public const string Version = "20250901000000_LoseOrders";
    public const int Rows = 10;

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            $"""
            CREATE TABLE signal (id INTEGER);
            CREATE TRIGGER lose AFTER INSERT ON signal BEGIN DELETE FROM orders WHERE id <= {Rows}; END;
            INSERT INTO signal VALUES (1);
            DROP TABLE signal;
            """
        );
}
