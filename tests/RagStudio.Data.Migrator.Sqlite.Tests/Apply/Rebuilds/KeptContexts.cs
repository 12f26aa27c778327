using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Rebuilds;

/// <summary>Invoices, which a later migration makes EF rebuild.</summary>
public abstract class CreateInvoices : Migration
{
    public const string Version = "20240101000000_Create";

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        InvoiceModel.Build(modelBuilder, "Invoices", isRequired: false);

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Invoices",
            table => new
            {
                Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                Number = table.Column<string>("TEXT", nullable: true),
                Note = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Invoices", invoice => invoice.Id)
        );
        migrationBuilder.CreateIndex("IX_Invoices_Note", "Invoices", "Note");
        migrationBuilder.Sql("CREATE UNIQUE INDEX UX_Invoices_Number ON Invoices (upper(Number))");
        migrationBuilder.Sql("CREATE TABLE Log (What TEXT)");
        migrationBuilder.Sql(
            "CREATE TRIGGER Noted AFTER INSERT ON Invoices BEGIN INSERT INTO Log VALUES ('new ' || new.Number); END"
        );
    }
}

/// <summary>A rebuild that no longer allows NULL.</summary>
public sealed class KeptContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(KeptContext)), Migration(Version)]
public sealed class KeptCreate : CreateInvoices;

[DbContext(typeof(KeptContext)), Migration("20240201000000_RequireNumber")]
public sealed class KeptRebuild : Migration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder) => InvoiceModel.Build(modelBuilder, "Invoices");

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AlterColumn<string>(
            "Number",
            "Invoices",
            "TEXT",
            nullable: false,
            defaultValue: "",
            oldClrType: typeof(string),
            oldType: "TEXT",
            oldNullable: true
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AlterColumn<string>(
            "Number",
            "Invoices",
            "TEXT",
            nullable: true,
            oldClrType: typeof(string),
            oldType: "TEXT"
        );
}

/// <summary>A rebuild of a renamed table, without a column that has an index and a trigger.</summary>
public sealed class UnfitContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(UnfitContext)), Migration(Version)]
public sealed class UnfitCreate : CreateInvoices;

[DbContext(typeof(UnfitContext)), Migration("20240201000000_DropNumber")]
public sealed class UnfitRebuild : Migration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        InvoiceModel.Build(modelBuilder, "Bills", hasNumber: false);

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropColumn("Number", "Invoices");
        migrationBuilder.RenameTable("Invoices", newName: "Bills");
    }
}

/// <summary>A migration by an author who knows what EF loses, and recreates it.</summary>
public sealed class CarefulContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(CarefulContext)), Migration(Version)]
public sealed class CarefulCreate : CreateInvoices;

[DbContext(typeof(CarefulContext)), Migration("20240201000000_RequireNumber")]
public sealed class CarefulRebuild : Migration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder) => InvoiceModel.Build(modelBuilder, "Invoices");

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AlterColumn<string>(
            "Number",
            "Invoices",
            "TEXT",
            nullable: false,
            defaultValue: "",
            oldClrType: typeof(string),
            oldType: "TEXT",
            oldNullable: true
        );
}

[DbContext(typeof(CarefulContext)), Migration("20240301000000_CreateAgain")]
public sealed class CarefulCreateAgain : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE UNIQUE INDEX UX_Invoices_Number ON Invoices (lower(Number))");
}

internal static class InvoiceModel
{
    public static void Build(ModelBuilder modelBuilder, string table, bool hasNumber = true, bool isRequired = true) =>
        modelBuilder
            .HasAnnotation("ProductVersion", "10.0.15")
            .Entity(
                "Invoice",
                invoice =>
                {
                    invoice.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
                    if (hasNumber)
                    {
                        invoice.Property<string>("Number").IsRequired(isRequired).HasColumnType("TEXT");
                    }
                    invoice.Property<string>("Note").HasColumnType("TEXT");
                    invoice.HasKey("Id");
                    invoice.HasIndex("Note").HasDatabaseName("IX_Invoices_Note");
                    invoice.ToTable(table);
                }
            );
}
