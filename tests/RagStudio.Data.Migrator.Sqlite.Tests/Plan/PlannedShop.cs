using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

/// <summary>A second release of the shop, whose migration is supplied by the test.</summary>
public sealed class PlannedShopContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(PlannedShopContext)), Migration(Version)]
public sealed class PlannedCreateOrders : CreateOrders;

[DbContext(typeof(PlannedShopContext)), Migration(Version)]
public sealed class PlannedChange : Migration
{
    public const string Version = "20250501000000_Change";

    /// <summary>The migration's operations from now on.</summary>
    public static PlannedRelease Release { get; set; } = PlannedRelease.Nothing;

    protected override void Up(MigrationBuilder migrationBuilder) => Release.Up(migrationBuilder);

    protected override void Down(MigrationBuilder migrationBuilder) => Release.Down(migrationBuilder);

    protected override void BuildTargetModel(ModelBuilder modelBuilder) => Release.Model(modelBuilder);
}

/// <summary>The operations of a migration.</summary>
/// <param name="Up">The operations that apply it.</param>
/// <param name="Model">The resulting model, from which EF rebuilds tables.</param>
/// <param name="Down">The operations that revert it.</param>
public sealed record PlannedRelease(
    Action<MigrationBuilder> Up,
    Action<ModelBuilder> Model,
    Action<MigrationBuilder> Down
)
{
    public static PlannedRelease Nothing { get; } = new(_ => { }, _ => { }, b => b.Sql("SELECT 1"));

    /// <summary>A migration that leaves the shop's orders with the given columns besides their id.</summary>
    public static PlannedRelease Of(
        Action<MigrationBuilder> up,
        params (string Name, string Type, bool Required)[] columns
    ) =>
        Nothing with
        {
            Up = up,
            Model = model =>
                model.HasAnnotation("ProductVersion", "10.0.15").Entity("Order", order => Build(order, columns)),
        };

    private static void Build(EntityTypeBuilder order, (string Name, string Type, bool Required)[] columns)
    {
        order.Property<long>("id").HasColumnType("INTEGER").ValueGeneratedOnAdd();
        foreach (var (name, type, required) in columns)
        {
            order.Property<string>(name).HasColumnType(type).IsRequired(required);
        }
        order.HasKey("id");
        order.ToTable("orders");
    }
}
