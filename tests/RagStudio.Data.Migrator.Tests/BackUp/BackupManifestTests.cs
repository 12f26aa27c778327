using System.Text.Json;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Tests.BackUp;

public sealed class BackupManifestTests
{
    [Test]
    public void Read_gives_back_what_Write_wrote()
    {
        var set = new BackupSet(
            BackupManifest.FormatVersion,
            "20260101T000000000Z_abc",
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            BackupReason.BeforeMigration,
            "abc",
            "1.2.3",
            [
                new BackupDatabase("app", "app.db", "1", 4096, 1, "ff", null, "ok"),
                new BackupDatabase("new", null, null, 0, 0, null, null, null),
            ]
        );

        var read = BackupManifest.Read(BackupManifest.Write(set));

        Assert.That(read with { Databases = [] }, Is.EqualTo(set with { Databases = [] }));
        Assert.That(read.Databases, Is.EqualTo(set.Databases));
        Assert.That(read.Verified);
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("{ \"id\": \"x\"")]
    [TestCase("{ \"formatVersion\": 2, \"id\": \"x\", \"databases\": [] }", Description = "a newer format")]
    [TestCase(
        "{ \"formatVersion\": 1, \"id\": \"x\", \"databases\": [ { \"name\": \"a\", \"file\": \"../../etc/passwd\" } ] }"
    )]
    public void Read_refuses_what_is_no_manifest(string text) =>
        Assert.Catch<JsonException>(() => BackupManifest.Read(System.Text.Encoding.UTF8.GetBytes(text)));
}
