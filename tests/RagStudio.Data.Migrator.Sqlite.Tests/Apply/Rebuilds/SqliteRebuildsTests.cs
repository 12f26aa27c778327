using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Sqlite.Apply;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Rebuilds;

/// <summary>Compares the operations that make EF copy a table with EF's own behavior.</summary>
public sealed class SqliteRebuildsTests
{
    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("AddColumn", b => b.AddColumn<string>("Extra", "Invoices", nullable: true));
        yield return Case(
            "AddColumn stored",
            b => b.AddColumn<string>("Extra", "Invoices", computedColumnSql: "upper(Note)", stored: true)
        );
        yield return Case(
            "AddColumn virtual",
            b => b.AddColumn<string>("Extra", "Invoices", computedColumnSql: "upper(Note)", stored: false)
        );
        yield return Case(
            "AddColumn computed",
            b => b.AddColumn<string>("Extra", "Invoices", computedColumnSql: "upper(Note)")
        );
        yield return Case(
            "AddColumn with an expression",
            b => b.AddColumn<string>("Extra", "Invoices", defaultValueSql: "CURRENT_TIMESTAMP")
        );
        yield return Case("AlterColumn", b => b.AlterColumn<string>("Note", "Invoices", nullable: false));
        yield return Case("DropColumn", b => b.DropColumn("Old", "Invoices"));
        yield return Case("RenameColumn", b => b.RenameColumn("Old", "Invoices", "Note"));
        yield return Case("RenameTable", b => b.RenameTable("Bills", newName: "Invoices"));
        yield return Case("AddCheckConstraint", b => b.AddCheckConstraint("CK", "Invoices", "Id > 0"));
        yield return Case("DropCheckConstraint", b => b.DropCheckConstraint("CK", "Invoices"));
        yield return Case("AddUniqueConstraint", b => b.AddUniqueConstraint("AK", "Invoices", "Note"));
        yield return Case("DropPrimaryKey", b => b.DropPrimaryKey("PK", "Invoices"));
        yield return Case(
            "AddForeignKey",
            b => b.AddForeignKey("FK", "Invoices", "Note", "Invoices", principalColumn: "Id")
        );
        yield return Case("CreateIndex", b => b.CreateIndex("IX", "Invoices", "Note"));
        yield return Case("DropIndex", b => b.DropIndex("IX", "Invoices"));
        yield return Case("RenameIndex", b => b.RenameIndex("Old", "IX_Invoices_Note", "Invoices"));
        yield return Case("AlterTable", b => b.AlterTable("Invoices", comment: "new", oldComment: "old"));
        yield return Case("InsertData", b => b.InsertData("Invoices", "Note", "x"));
    }

    [TestCaseSource(nameof(Cases))]
    public void Find_finds_what_EF_rebuilds(Action<MigrationBuilder> build)
    {
        using var context = new DbContext(new DbContextOptionsBuilder().UseSqlite("Data Source=never opened").Options);
        var builder = new MigrationBuilder("Microsoft.EntityFrameworkCore.Sqlite");
        build(builder);
        var found = RebuildOperations.TablesOf(builder.Operations);

        var sql = context
            .GetService<IMigrationsSqlGenerator>()
            .Generate(builder.Operations, Model(context))
            .Select(command => command.CommandText);

        var isRebuilt = sql.Any(text => text.Contains("ef_temp_", StringComparison.Ordinal));
        Assert.That(found, Is.EqualTo(isRebuilt ? ["Invoices"] : Array.Empty<string>()));
    }

    [TestCase("CREATE TRIGGER kept AFTER INSERT ON t BEGIN SELECT 1; END", true)]
    [TestCase("CREATE UNIQUE INDEX IF NOT EXISTS main.Kept ON t (a)", true)]
    [TestCase("DROP INDEX kept; CREATE INDEX \"kept\" ON t (a)", true)]
    [TestCase("CREATE TEMP TRIGGER kept AFTER INSERT ON t BEGIN SELECT 1; END", false)]
    [TestCase("CREATE INDEX other.kept ON t (a)", false)]
    [TestCase("CREATE VIEW kept AS SELECT 1", false)]
    [TestCase("SELECT 'CREATE INDEX kept ON t (a)'", false)]
    public void Creates_knows_what_a_statement_leaves_in_the_file(string sql, bool expected)
    {
        Assert.That(RebuildOperations.Creates(new SqlOperation { Sql = sql }, "kept"), Is.EqualTo(expected));
    }

    private static IModel Model(DbContext context)
    {
        var model = new ModelBuilder(new Microsoft.EntityFrameworkCore.Metadata.Conventions.ConventionSet());
        InvoiceModel.Build(model, "Invoices");
        return context
            .GetService<IModelRuntimeInitializer>()
            .Initialize((IModel)model.Model.FinalizeModel(), designTime: true, validationLogger: null);
    }

    private static TestCaseData Case(string name, Action<MigrationBuilder> build) =>
        new TestCaseData(build).SetArgDisplayNames(name);
}
