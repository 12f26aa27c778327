using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>
/// Migrations whose commands depend on their models, each in a different way, and some whose commands do not.
/// </summary>
public sealed class ModelsContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The migrations whose models have been built, in order.</summary>
    public static List<string> Built { get; } = [];
}

public abstract class ModelStep(params string[] texts) : Migration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder)
    {
        ModelsContext.Built.Add(GetType().Name);
        modelBuilder.Entity(
            "Thing",
            thing =>
            {
                thing.Property<int>("id").HasColumnType("INTEGER");
                thing.HasKey("id");
                foreach (var text in texts)
                {
                    thing.Property<string>(text).HasColumnType("VARCHAR(7)");
                    thing.HasIndex(text).HasDatabaseName($"IX_{text}").IsUnique();
                }
                thing.ToTable("things");
            }
        );
    }
}

/// <summary>
/// Creates tables with a reference, which EF's generator moves from its own operation into that of the table.
/// </summary>
[DbContext(typeof(ModelsContext)), Migration(Version)]
public sealed class CreateThings() : ModelStep("name")
{
    public const string Version = "20260101000000_CreateThings";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "things",
            table => new { id = table.Column<int>("INTEGER"), name = table.Column<string>("TEXT", nullable: true) },
            constraints: table => table.PrimaryKey("PK_things", row => row.id)
        );
        migrationBuilder.CreateTable("parts", table => new { thing_id = table.Column<int>("INTEGER") });
        migrationBuilder.AddForeignKey("FK_parts_things", "parts", "thing_id", "things", principalColumn: "id");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("parts");
        migrationBuilder.DropTable("things");
    }
}

/// <summary>SQLite does not rebuild a table to add a column, but to drop one.</summary>
[DbContext(typeof(ModelsContext)), Migration(Version)]
public sealed class AddNote() : ModelStep("name", "note")
{
    public const string Version = "20260102000000_AddNote";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("note", "things", "TEXT", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("note", "things");
}

/// <summary>Its operations contain everything that it needs, in both directions.</summary>
[DbContext(typeof(ModelsContext)), Migration(Version)]
public sealed class IndexName() : ModelStep("name", "note")
{
    public const string Version = "20260103000000_IndexName";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex("IX_name", "things", "name");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropIndex("IX_name", "things");
}

/// <summary>Specifies no types: they come from the model.</summary>
[DbContext(typeof(ModelsContext)), Migration(Version)]
public sealed class AddCode() : ModelStep("name", "note", "code")
{
    public const string Version = "20260104000000_AddCode";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("code", "things", nullable: true);
        migrationBuilder.InsertData("things", ["id", "code"], [1, "one"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DeleteData("things", "id", 1);
        migrationBuilder.DropColumn("code", "things");
    }
}

/// <summary>EF's generator recreates the index from the model.</summary>
[DbContext(typeof(ModelsContext)), Migration(Version)]
public sealed class RenameIndex() : ModelStep("name", "note", "code")
{
    public const string Version = "20260105000000_RenameIndex";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex("IX_old", "things", "code", unique: true);
        migrationBuilder.RenameIndex("IX_old", "IX_code", "things");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropIndex("IX_code", "things");
}

/// <summary>An application's generator, which records the models that it receives.</summary>
public sealed class InquisitiveGenerator(
    MigrationsSqlGeneratorDependencies dependencies,
    IRelationalAnnotationProvider annotations
) : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    public static List<IModel?> Models { get; } = [];

    public override IReadOnlyList<MigrationCommand> Generate(
        IReadOnlyList<MigrationOperation> operations,
        IModel? model = null,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    )
    {
        Models.Add(model);
        return base.Generate(operations, model, options);
    }
}
