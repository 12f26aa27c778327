using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.CrashHost;

/// <summary>
/// Two migrations with the same timestamp, which every culture sorts differently from an ordinal comparison:
/// only one order works.
/// </summary>
internal sealed class OrderContext(DbContextOptions<OrderContext> options) : DbContext(options)
{
    [DbContext(typeof(OrderContext))]
    [Migration("20240101000000_Add_Table")]
    private sealed class AddTable : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("CREATE TABLE t (id INTEGER PRIMARY KEY)");

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE t");
    }

    [DbContext(typeof(OrderContext))]
    [Migration("20240101000000_AddColumn")]
    private sealed class AddColumn : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER TABLE t ADD COLUMN c TEXT");

        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER TABLE t DROP COLUMN c");
    }
}
