using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Migrations;

namespace RagStudio.Data.Migrator.Tests.Apply;

public sealed class MigrationKindsTests
{
    [Test]
    public void Of_tells_the_kind_from_the_operations() =>
        Assert.Multiple(() =>
        {
            Assert.That(Infer(b => b.DropTable("a")), Is.EqualTo(MigrationKind.Schema));
            Assert.That(Infer(_ => { }), Is.EqualTo(MigrationKind.Schema));
            Assert.That(Infer(b => b.CreateIndex("i", "a", "b")), Is.EqualTo(MigrationKind.Index));
            Assert.That(Infer(b => b.Sql("UPDATE a SET b = 1")), Is.EqualTo(MigrationKind.Data));
            Assert.That(Infer(b => b.DeleteData("a", "id", 1)), Is.EqualTo(MigrationKind.Seed));
            Assert.That(
                Infer(b =>
                {
                    b.CreateIndex("i", "a", "b");
                    b.Sql("UPDATE a SET b = 1");
                }),
                Is.EqualTo(MigrationKind.Schema)
            );
        });

    [Test]
    public void Of_believes_the_attribute() =>
        Assert.That(MigrationKinds.For(new Stated()), Is.EqualTo(MigrationKind.Seed));

    private static MigrationKind Infer(Action<MigrationBuilder> up)
    {
        var builder = new MigrationBuilder("Microsoft.EntityFrameworkCore.Sqlite");
        up(builder);
        return MigrationKinds.Infer(builder.Operations);
    }

    [MigrationKind(MigrationKind.Seed)]
    private sealed class Stated : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("INSERT INTO a VALUES (1)");
    }
}
