using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.PostgreSql.CrashHost;

public sealed class PartitionedSales(DbContextOptions<PartitionedSales> options) : DbContext(options);

public sealed class DetachedSales(DbContextOptions<DetachedSales> options) : DbContext(options);

[DbContext(typeof(PartitionedSales)), Migration(CreatePartitions.Version)]
public sealed class PartitionedCreatePartitions : CreatePartitions;

[DbContext(typeof(DetachedSales)), Migration(CreatePartitions.Version)]
public sealed class DetachedCreatePartitions : CreatePartitions;

[DbContext(typeof(DetachedSales)), Migration(Version)]
public sealed class DetachOld : Migration
{
    public const string Version = "20260102000000_DetachOld";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            "ALTER TABLE sales DETACH PARTITION sales_old CONCURRENTLY; VACUUM sales_old;",
            suppressTransaction: true
        );
        migrationBuilder.AddColumn<int>("pieces", "sales", nullable: false, defaultValue: 0);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException();
}

public abstract class CreatePartitions : Migration
{
    public const string Version = "20260101000000_CreatePartitions";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE sales (id int NOT NULL) PARTITION BY RANGE (id);
            CREATE TABLE sales_old PARTITION OF sales FOR VALUES FROM (0) TO (100);
            INSERT INTO sales VALUES (1), (2), (3);
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("sales");
}
