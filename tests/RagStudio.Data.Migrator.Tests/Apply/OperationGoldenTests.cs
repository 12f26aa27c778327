using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.Apply;

public sealed class OperationGoldenTests
{
    private const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";

    private static readonly Guid Id = new("0198e6a5-7c1d-7b3e-9c5a-3f0d2b1c4e5f");

    private static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Operations of every common kind, with checksums that must never change.</summary>
    private static IEnumerable<TestCaseData> Goldens =>
        [
            Golden(
                "create a table",
                "2d7dbcfd1933a386415637ecdc8b46ff92072ca7fec5da19c219aa959fbffd46",
                CreateEverything
            ),
            Golden(
                "create a small table",
                "80a7670faf71a720e0a43947d99c83f846ec9cbecceeb93447443b7ce101aa4d",
                up => CreateTable(up, "orders")
            ),
            Golden(
                "alter a table",
                "2a0407f353b12a03b15c7114e5e842a9fc640b01ebd0f210e96cfbc27de6a91c",
                up =>
                    up.AlterTable("orders", comment: "new", oldComment: "old").Annotation("a", 1).OldAnnotation("a", 2)
            ),
            Golden(
                "drop a table",
                "dc0744379c1fe9749577df5d055730e404be9a5b44fe0a9ac355b86dd912af44",
                up => up.DropTable("orders")
            ),
            Golden(
                "rename a table",
                "ea4571d357820034d08753df200ce104dedc1563e02c10f60ee458284b734c7f",
                up => up.RenameTable("orders", newName: "sales")
            ),
            Golden(
                "add a column",
                "49e4dd59675616916f3962116f296017f0fb2fb83049229246a09406f8acf7ff",
                up =>
                    up.AddColumn<string>("customer", "orders", "TEXT", maxLength: 20, nullable: false, defaultValue: "")
            ),
            Golden(
                "add a column of a generic type",
                "1c8fe8ba9c0bfd1f245771f119cc60c36617add9ddeb6e2377a9f438c5f987e4",
                up => up.AddColumn<List<int?>>("numbers", "orders", nullable: true)
            ),
            Golden(
                "alter a column",
                "feeeeb2d2c9a4a4ad4e9cd71a6135cd8635e7b79e2d68cb7447930f1d1188519",
                up =>
                    up.AlterColumn<long>(
                        "customer",
                        "orders",
                        nullable: false,
                        defaultValue: 0L,
                        oldClrType: typeof(int),
                        oldType: "INTEGER",
                        oldNullable: true
                    )
            ),
            Golden(
                "drop a column",
                "d7d03ff2d6999137c202a5435c017ed66aae58d0a1ed60d450c2855e50fd6e42",
                up => up.DropColumn("customer", "orders")
            ),
            Golden(
                "rename a column",
                "84c23834258846603bd34c2652692d924a8c31c69c8f0361b817914101b054c9",
                up => up.RenameColumn("customer", "orders", "client")
            ),
            Golden(
                "create an index",
                "5eea4941dae19c14619f381199d54327603468c41fecdeeb28f3ba017b6de6d1",
                up =>
                    up.CreateIndex("IX", "orders", ["a", "b"], unique: true, filter: "a > 0", descending: [true, false])
            ),
            Golden(
                "create an index, all descending",
                "b0b0a8fe7214c52633b5d0e7e17d1371e182342655e4109b80c912b6a86c8b89",
                up => up.CreateIndex("IX", "orders", ["a", "b"], descending: [])
            ),
            Golden(
                "drop an index",
                "766c0b26d6edc00ab1c2986b76f869c1c95cce06a29cf909b0121123ec127f80",
                up => up.DropIndex("IX", "orders")
            ),
            Golden(
                "rename an index",
                "b6894dbcefde21d56ab88012c3295832e8fa421f5dec2aed0e920a2ab208b1f2",
                up => up.RenameIndex("IX", "IX2", "orders")
            ),
            Golden(
                "add a primary key",
                "26b6eca91dbca9cf7ec6236804205384e5627d2c935bab18cc0dff9036bad3fd",
                up => up.AddPrimaryKey("PK", "orders", ["a", "b"])
            ),
            Golden(
                "drop a primary key",
                "8b20ed138bf4a1e73ca8128b6cae6987ebbca5ac2a60d97ef35aa32033978035",
                up => up.DropPrimaryKey("PK", "orders")
            ),
            Golden(
                "add a unique constraint",
                "32be23e76059cd26e49b0d6b857505259002940cafa108240db20a9743414d06",
                up => up.AddUniqueConstraint("AK", "orders", "a")
            ),
            Golden(
                "drop a unique constraint",
                "89bbf10d31e1d57d023f9ddf6284d040136dee2f7d7ea6b6fb19641622052caf",
                up => up.DropUniqueConstraint("AK", "orders")
            ),
            Golden(
                "add a foreign key",
                "1ff9c7f284094c7b02d8e510765cf9063eb38910606a4dcb480384fc487ac162",
                up =>
                    up.AddForeignKey(
                        "FK",
                        "lines",
                        ["a"],
                        "orders",
                        principalColumns: ["id"],
                        onUpdate: ReferentialAction.Restrict,
                        onDelete: ReferentialAction.Cascade
                    )
            ),
            Golden(
                "drop a foreign key",
                "6776d198e04d2b98e6afba8aa8e208402ffdfaaed77adcb1fa4a9b7cc2fcdc91",
                up => up.DropForeignKey("FK", "lines")
            ),
            Golden(
                "add a check",
                "5937ceecd7e9f35010486f24c46cda8f1a3d7e797b8740e295a55a9a5c0b9d16",
                up => up.AddCheckConstraint("CK", "orders", "a > 0")
            ),
            Golden(
                "drop a check",
                "a0cc91a71a1913a2ada51976ffbe8653d71ac237a57f4a8feb4c9a5d1eb4b37a",
                up => up.DropCheckConstraint("CK", "orders")
            ),
            Golden(
                "insert rows",
                "da649c67fd95283aee9abcf4cb6ae5a36fdaadc16dc6027f6250fcf82b10e1f3",
                up =>
                    up.InsertData(
                        "orders",
                        ["id", "name"],
                        new object?[,]
                        {
                            { 1L, "a" },
                            { 2L, null },
                        }
                    )
            ),
            Golden(
                "update rows",
                "e9e106a5f525ef71467c68976ea942b85571166492e1b67b71a496f31e35fd0e",
                up => up.UpdateData("orders", ["id"], [1L], ["name", "at"], ["b", Noon])
            ),
            Golden(
                "delete rows",
                "530a2d6a60e2be1075e8ce7b2e6ae0a7528ee05b7e006a5afce5b23096ec19f8",
                up => up.DeleteData("orders", "id", keyValues: [1L, 2L])
            ),
            Golden(
                "sql",
                "7fec1f96d755aedeff7a6faa02ce74f38284b0d6e050d1dc42a9a3b068fe3020",
                up => up.Sql("UPDATE orders SET a = 1;\nSELECT 'ü'")
            ),
            Golden(
                "sql outside a transaction",
                "31146a2777faed82856e984f05eea5d2f53474ceb205540e7f87a5b0ecfaad8e",
                up => up.Sql("VACUUM", suppressTransaction: true)
            ),
            Golden(
                "create a sequence",
                "1fc36df851c840d7810fc3283860578852189491d36ed1d5e6118b1fd97f90b2",
                up => up.CreateSequence<int>("numbers", startValue: 5L, cyclic: true)
            ),
            Golden(
                "alter a database",
                "56f9b8a5e724dc9fc5d384592bdc03b60a165013de0c6c04df7c2cd8b372dd35",
                up => up.AlterDatabase(collation: "NOCASE").Annotation("a", true)
            ),
        ];

    /// <summary>A default of every type that a column can have.</summary>
    private static IEnumerable<TestCaseData> DefaultGoldens =>
        [
            Default(true, "8beab0adab4467a95b78a4fd1450ea8e3d68cd9f128a197d466b9d89962e4c14"),
            Default(false, "4d05d313bf0ff4b906167fb70fff96b3e58a2d23d474f0e9d49c80fab8c09ce9"),
            Default((byte)1, "65a92835fd7a7feac0a2bc4157d797fbe93398f1a209493cfaf98e46a004490f"),
            Default((sbyte)-1, "39b72cd41fd1c60ac171f807ca4c25b63f61f8b6745f1cd7a1a66aabe2764cc8"),
            Default((short)1, "d96c98ea970ea2dec458660a015010fee7c3173f3e928af822366e5065fbf240"),
            Default((ushort)1, "38605ca5523784f28edd528cfd11e67f4a98442734cc70dd223fe34c2e7bc45a"),
            Default(0, "ac747303a4faed3758877141b18507fd3e5243dd75c0f9da9217f740e50c5de1"),
            Default(-1, "07f20fb783a4d07593164bf80e3813195916f4f57b0406b53592c89ad71a353c"),
            Default(1u, "410b9e3af94bb806b316f82eeb949fde1bf73a9130972aa0208fb47fd0ade3d3"),
            Default(1L, "a29c4acf1d46c04f90641f13e4beadcfce572e00134e77371a9acb00ead3a749"),
            Default(ulong.MaxValue, "0962106f99aa09d739471253903c549c98a468bf7a5075f0b71071de0c83c94e"),
            Default(1.5f, "0e219385838b270d788597024ba768c63230bca48a9341f80227fd19f2cd3c45"),
            Default(-1234567.125, "f978fb5bc17ad2ee41175a82a247315b093d4bf193774f3b0f79e35ac44dd85b"),
            Default(double.NaN, "84f0b993562277786e8ca3c5977d7f675b074d88edf73dcbb0c439cc3238bc21"),
            Default(1.50m, "7ac43e2e1a1c3c8fbaa10364d955f859344a58e4e4b4a766f12c48cd51d2b31b"),
            Default(1.5m, "e8d506c1850bc6ca9aaf2c65546c4f221af63f57123894fa551b00f79b06c0b7"),
            Default('c', "8d6d2f85e97ed14f43f75c866c2eb96a0336fe283092332cfac26e2ba2fe32da"),
            Default("1", "9960fa64785d80c1940f072d0e618c64c8bbb7bfa619d2393a79c902ab4e6c52"),
            Default("", "f8a920d156030f60b8e6348d88d0b1ae5517311fc84ae5cc0d94e42dd0ea50cd"),
            Default(Id, "9a32cc59dcb5affc6d34d562b193dd91834d73a35cb2c032aa03b71adba34df2"),
            Default(new byte[] { 0, 255 }, "a590033d1e00cf7a15565eca187d5c8855c8ab8dc7a165234325d39ec0ca893f"),
            Default(Noon, "f262107e6bf98a78364cbce6369b54967b4fd06483e15c4b2d1f182b4f0ce219"),
            Default(
                DateTime.SpecifyKind(Noon, DateTimeKind.Unspecified),
                "edb7c2bf6b188c27a5e8313f248fbae485fb691710ff39ad208c45fb1be9b2a0"
            ),
            Default(
                DateTime.SpecifyKind(Noon, DateTimeKind.Local),
                "ef0555de527c879c091f885bad87985191be0cbcfd8a2d341f4e1bb27d453ee7"
            ),
            Default(
                new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(-5)),
                "200b09e7f981c5d4903a4ecf6b03acf182a0ce0f8df233eaee9e79eee0faeaa6"
            ),
            Default(new DateOnly(2026, 1, 2), "2cf6843749712c060536b3cbb33e0de08d532e73b23be844271f8ed15af9f715"),
            Default(new TimeOnly(3, 4, 5, 678), "6284a134c2fd591adacc8445921261b629c4916816190cebcbfd5a824e3179a3"),
            Default(new TimeSpan(1, 2, 3, 4, 5), "7d31e99ac86219be64330768a1c6e272e071ffc57982330f4865446ff7ad2b3c"),
            Default(DayOfWeek.Friday, "28ebfe035bd98080fbddd75b3981f5805720e183781936d54d22341ffd7a890c"),
            Default(new[] { "a", "b" }, "c703c1820d81908d0149ad48924e7a04c0c2126efd841fae7d5ce8aa6dc4e85a"),
        ];

    /// <summary>A change of one of these values would turn recorded checksums into false alarms.</summary>
    [TestCaseSource(nameof(Goldens)), TestCaseSource(nameof(DefaultGoldens))]
    public void Of_gives_the_same_value_in_every_version_and_culture(Action<MigrationBuilder> build, string golden)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in new[] { CultureInfo.InvariantCulture, OddCulture.Create() })
            {
                CultureInfo.CurrentCulture = culture;

                Assert.That(Of(build), Is.EqualTo(golden));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>An archive keeps operations, of which everything else is asked that is asked of a migration.</summary>
    [TestCaseSource(nameof(Goldens)), TestCaseSource(nameof(DefaultGoldens))]
    public void An_archive_keeps_operations_as_they_are(Action<MigrationBuilder> build, string golden)
    {
        var builder = new MigrationBuilder(Sqlite);
        build(builder);
        using var json = JsonDocument.Parse(OperationWriter.Describe(builder.Operations, Sqlite).ToJsonString());

        var kept = json.RootElement.EnumerateArray().Select(OperationReader.Read).ToArray();

        Assert.That(OperationChecksum.Compute(kept, []), Is.EqualTo(golden));
        Assert.That(
            JsonSerializer.Serialize(OperationWriter.Describe(kept, Sqlite)),
            Is.EqualTo(JsonSerializer.Serialize(json.RootElement))
        );
    }

    [Test]
    public void Of_tells_every_sort_of_operation_and_of_default_apart() =>
        Assert.That(Goldens.Concat(DefaultGoldens).Select(golden => golden.Arguments[1]), Is.Unique);

    private static string Of(Action<MigrationBuilder> build)
    {
        var builder = new MigrationBuilder(Sqlite);
        build(builder);
        return OperationChecksum.Compute(builder.Operations, []);
    }

    private static TestCaseData Golden(string name, string golden, Action<MigrationBuilder> build) =>
        new TestCaseData(build, golden).SetArgDisplayNames(name);

    private static TestCaseData Default(object value, string golden) =>
        Golden($"default {value.GetType().Name} {golden[..4]}", golden, up => AddInteger(up, value));

    private static void AddInteger(MigrationBuilder up, object? defaultValue) =>
        up.AddColumn<int>("a", "t", defaultValue: defaultValue);

    private static void CreateEverything(MigrationBuilder up) =>
        up.CreateTable(
            "orders",
            table => new
            {
                id = table.Column<long>("INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                customer = table.Column<string>(
                    "TEXT",
                    unicode: true,
                    maxLength: 20,
                    rowVersion: false,
                    nullable: true,
                    defaultValueSql: "'x'",
                    fixedLength: true,
                    comment: "who",
                    collation: "NOCASE"
                ),
                total = table.Column<decimal>(computedColumnSql: "1 + 1", stored: true, precision: 10, scale: 2),
                version = table.Column<byte[]>(rowVersion: true, defaultValue: new byte[] { 1, 2 }),
            },
            schema: "main",
            constraints: table =>
            {
                table.PrimaryKey("PK", row => row.id);
                table.UniqueConstraint("AK", row => new { row.customer, row.total });
                table.CheckConstraint("CK", "total > 0");
                table.ForeignKey("FK", row => row.customer, "customers", "name", onDelete: ReferentialAction.SetNull);
            },
            comment: "all"
        );

    private static void CreateTable(MigrationBuilder up, string name) =>
        up.CreateTable(
            name,
            table => new { id = table.Column<long>().Annotation("Sqlite:Autoincrement", true) },
            constraints: table => table.PrimaryKey("PK", row => row.id)
        );
}
