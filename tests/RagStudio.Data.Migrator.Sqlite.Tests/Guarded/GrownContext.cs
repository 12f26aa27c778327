using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

/// <summary>A context whose model has a table without a migration.</summary>
public sealed class GrownContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Grown> All => Set<Grown>();
}

public sealed class Grown
{
    public int Id { get; set; }
}

[DbContext(typeof(GrownContext)), Migration(Version)]
public sealed class GrownCreate : Migration
{
    public const string Version = "20250101000000_Create";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE TABLE other (a)");
}

[DbContext(typeof(GrownContext))]
public sealed class GrownSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.15");
}
