using System.Globalization;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Tests.Apply;

public sealed class OperationChecksumTests
{
    private const string Golden = "da1f3c50ba6b0c4b434d806a1e07e0397285d3f22776c5f84f4742a94e075ae3";

    /// <summary>A change of this value makes every recorded checksum a false alarm.</summary>
    [Test]
    public void Of_gives_the_same_value_in_every_version() =>
        Assert.That(OperationChecksum.Of(Table("orders", defaultValue: 1.5), Table("lines")), Is.EqualTo(Golden));

    [Test]
    public void Of_gives_the_same_value_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = comma;

            Assert.That(OperationChecksum.Of(Table("orders", defaultValue: 1.5), Table("lines")), Is.EqualTo(Golden));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Of_tells_any_change_apart()
    {
        MigrationOperation[][] different =
        [
            Table("orders"),
            Table("orders2"),
            Table("orders", defaultValue: 1.5),
            Table("orders", defaultValue: 2.5),
            Table("orders", comment: "x"),
            [.. Table("orders"), .. Table("orders")],
            [new SqlOperation { Sql = "SELECT 1" }],
            [new SqlOperation { Sql = "SELECT 1", SuppressTransaction = true }],
            [new SqlOperation { Sql = "SELECT 1" }, new SqlOperation { Sql = "" }],
            [],
        ];

        Assert.That(different.Select(operations => OperationChecksum.Of(operations, [])), Is.Unique);
        Assert.That(OperationChecksum.Of([], Table("a")), Is.Not.EqualTo(OperationChecksum.Of(Table("a"), [])));
    }

    private static MigrationOperation[] Table(string name, double? defaultValue = null, string? comment = null)
    {
        var builder = new MigrationBuilder("Microsoft.EntityFrameworkCore.Sqlite");
        builder.CreateTable(
            name,
            table => new
            {
                id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                amount = table.Column<double>(defaultValue: defaultValue),
            },
            constraints: table => table.PrimaryKey("PK", row => row.id),
            comment: comment
        );
        return [.. builder.Operations];
    }
}
