using System.Security.Cryptography;
using System.Text.Json;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Validate;

internal sealed class SchemaFingerprintTests
{
    private static readonly DatabaseSchema Schema = new(
        [
            new TableSchema(
                "Bücher",
                "STRICT, AUTOINCREMENT",
                [
                    new ColumnSchema("id", "INTEGER", false, null, 2, false),
                    new ColumnSchema("name", "TEXT", true, "'<&+>'", 1, true, "NOCASE"),
                ],
                [
                    new IndexSchema("IX", true, ["name DESC", "id"], "\"name\" IS NOT NULL"),
                    new IndexSchema(null, false, [], null),
                ],
                [new ForeignKeySchema(["id"], "shelves", ["key"], "NO ACTION", "CASCADE")],
                ["\"id\" > 0"],
                [new SchemaObject("TR", "CREATE TRIGGER TR")]
            ),
            new TableSchema("empty", "", [], [], [], [], []),
        ],
        [new SchemaObject("V", "SELECT 1")]
    )
    {
        Statements = ["CREATE TABLE what is no part of it"],
    };

    [Test]
    public void Of_is_what_earlier_versions_have_recorded() =>
        Assert.That(
            SchemaFingerprint.Compute(["1_A", "2_B"], Schema),
            Is.EqualTo(
                new SchemaFingerprint(
                    "e0efc6b4e6eac474a616eeac886dfb06d9ecc251fc84b2b0e1c47b5f8129c141",
                    "3a2da3236ade64be130cb6324a035c4fb532d4e5d686349a96f134f9bae2b22e"
                )
            )
        );

    [Test]
    public void Of_is_over_what_a_serializer_writes_of_the_schema() =>
        Assert.That(
            SchemaFingerprint.Compute([], Schema).Schema,
            Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Schema))))
        );
}
