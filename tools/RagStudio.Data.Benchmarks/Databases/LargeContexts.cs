using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Benchmarks;

/// <summary>A large database whose second migration is cheap: it adds a column to a small table.</summary>
public sealed class LargeWithColumn(DbContextOptions<LargeWithColumn> options) : LargeContext(options);

/// <summary>A large database whose second migration updates each row of a table.</summary>
public sealed class LargeWithUpdate(DbContextOptions<LargeWithUpdate> options) : LargeContext(options);

/// <summary>A large database whose second migration rebuilds half of it.</summary>
public sealed class LargeWithRebuild(DbContextOptions<LargeWithRebuild> options) : LargeContext(options);

/// <summary>Two large tables and a small one.</summary>
public abstract class LargeContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<LargeText>().ToTable("texts").Property(text => text.Id).ValueGeneratedNever();
        modelBuilder.Entity<LargePart>(entity =>
        {
            entity.ToTable("parts").Property(part => part.Id).ValueGeneratedNever();
            entity.HasOne<LargeText>().WithMany().HasForeignKey(part => part.TextId);
        });
    }
}

public sealed class LargeText
{
    public long Id { get; set; }

    public required string Content { get; set; }
}

public sealed class LargePart
{
    public long Id { get; set; }

    public long TextId { get; set; }

    public long State { get; set; }

    public required string Content { get; set; }
}

[DbContext(typeof(LargeWithColumn)), Migration(Version)]
public sealed class CreateLargeWithColumn : CreateLarge;

[DbContext(typeof(LargeWithUpdate)), Migration(Version)]
public sealed class CreateLargeWithUpdate : CreateLarge;

[DbContext(typeof(LargeWithRebuild)), Migration(Version)]
public sealed class CreateLargeWithRebuild : CreateLarge;

public abstract class CreateLarge : Migration
{
    public const string Version = "20260101000000_Create";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "texts",
            table => new { Id = table.Column<long>(nullable: false), Content = table.Column<string>(nullable: false) },
            constraints: table => table.PrimaryKey("PK_texts", text => text.Id)
        );
        migrationBuilder.CreateTable(
            "parts",
            table => new
            {
                Id = table.Column<long>(nullable: false),
                TextId = table.Column<long>(nullable: false),
                State = table.Column<long>(nullable: false),
                Content = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_parts", part => part.Id);
                table.ForeignKey(
                    "FK_parts_texts_TextId",
                    part => part.TextId,
                    "texts",
                    "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );
        migrationBuilder.CreateIndex("IX_parts_TextId", "parts", "TextId");
        migrationBuilder.CreateTable(
            "settings",
            table => new { Id = table.Column<long>(nullable: false), Name = table.Column<string>(nullable: false) },
            constraints: table => table.PrimaryKey("PK_settings", setting => setting.Id)
        );
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("settings");
        migrationBuilder.DropTable("parts");
        migrationBuilder.DropTable("texts");
    }
}

[DbContext(typeof(LargeWithColumn)), Migration("20260102000000_AddColumn")]
public sealed class AddLargeColumn : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("Value", "settings", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE settings DROP COLUMN Value");
}

[DbContext(typeof(LargeWithUpdate)), Migration("20260102000000_Update")]
public sealed class UpdateLarge : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("UPDATE parts SET State = State + 1");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("UPDATE parts SET State = State - 1");
}

[DbContext(typeof(LargeWithRebuild)), Migration("20260102000000_Rebuild")]
public sealed class RebuildLarge : Migration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(
            "LargeText",
            entity =>
            {
                entity.Property<long>("Id").HasColumnType("INTEGER").ValueGeneratedNever();
                entity.Property<string>("Content").IsRequired().HasColumnType("TEXT");
                entity.HasKey("Id");
                entity.ToTable("texts");
            }
        );
        modelBuilder.Entity(
            "LargePart",
            entity =>
            {
                entity.Property<long>("Id").HasColumnType("INTEGER").ValueGeneratedNever();
                entity.Property<long>("TextId").HasColumnType("INTEGER");
                entity.Property<long?>("State").HasColumnType("INTEGER");
                entity.Property<string>("Content").IsRequired().HasColumnType("TEXT");
                entity.HasKey("Id");
                entity.HasIndex("TextId");
                entity.ToTable("parts");
                entity
                    .HasOne("LargeText", navigationName: null)
                    .WithMany()
                    .HasForeignKey("TextId")
                    .OnDelete(DeleteBehavior.Cascade)
                    .IsRequired();
            }
        );
    }

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AlterColumn<long>(
            "State",
            "parts",
            nullable: true,
            oldClrType: typeof(long),
            oldNullable: false
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AlterColumn<long>(
            "State",
            "parts",
            nullable: false,
            oldClrType: typeof(long),
            oldNullable: true
        );
}
