using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Testing;

/// <summary>A release in which every migration can be reverted.</summary>
public sealed class RevertibleShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(RevertibleShopContext)), Migration(Version)]
public sealed class RevertibleCreateOrders : CreateOrders;

[DbContext(typeof(RevertibleShopContext)), Migration(Version)]
public sealed class RevertibleIndexOrders : IndexOrders;

[DbContext(typeof(RevertibleShopContext)), Migration(Version)]
public sealed class RevertibleRequireCustomer : RequireCustomer;

/// <summary>
/// A release with a migration that SQLite cannot run within a transaction, and one with a short time limit.
/// </summary>
public sealed class VacuumingShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(VacuumingShopContext)), Migration(Version)]
public sealed class VacuumingCreateOrders : CreateOrders;

[DbContext(typeof(VacuumingShopContext)), Migration(Version)]
public sealed class Vacuum : Migration
{
    public const string Version = "20250701000000_Vacuum";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("UPDATE orders SET customer = 'vacuumed'");
        migrationBuilder.Sql("VACUUM", suppressTransaction: true);
    }
}

/// <summary>A release whose endless migration has its own time limit.</summary>
public sealed class HurriedShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(HurriedShopContext)), Migration(Version)]
public sealed class HurriedCreateOrders : CreateOrders;

[DbContext(typeof(HurriedShopContext)), Migration(Version), MigrationTimeout(0.15)]
public sealed class HurriedCount : Migration
{
    public const string Version = "20250801000000_Hurry";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) UPDATE orders SET customer = (SELECT count(*) FROM n)"
        );
}
