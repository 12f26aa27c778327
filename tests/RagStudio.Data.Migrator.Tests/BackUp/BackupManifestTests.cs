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

    [TestCase(1, "none", "a clone, which its format has not")]
    [TestCase(2, "clone", null)]
    [TestCase(2, "copy", null)]
    [TestCase(2, "7", "unknown kind")]
    [TestCase(3, "clone", "format 3, which this program does not know")]
    public void Read_accepts_clones_in_their_format_only(int format, string kind, string? fault)
    {
        var clone = new BackupDatabase("app", "app.db", "1", 4096, 1, null, null, "ok") { Kind = BackupKind.Clone };
        Assert.That(BackupManifest.FormatOf([clone]), Is.EqualTo(2), "earlier versions refuse it");
        var set = new BackupSet(format, "id", DateTimeOffset.UnixEpoch, BackupReason.Manual, "run", "1.2.3", [clone]);
        var text = System.Text.Encoding.UTF8.GetString(BackupManifest.Write(set));
        Assert.That(text, Does.Contain("\"kind\": \"clone\""));
        text = kind == "none" ? text : text.Replace("\"clone\"", $"\"{kind}\"", StringComparison.Ordinal);

        BackupSet Read() => BackupManifest.Read(System.Text.Encoding.UTF8.GetBytes(text));

        if (fault is null)
        {
            Assert.That(Read().Databases[0].Kind, Is.EqualTo(Enum.Parse<BackupKind>(kind, ignoreCase: true)));
        }
        else
        {
            Assert.That(Assert.Catch<JsonException>(() => Read())!.Message, Does.Contain(fault));
        }
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("{ \"id\": \"x\"")]
    [TestCase("{ \"formatVersion\": 3, \"id\": \"x\", \"databases\": [] }", Description = "a newer format")]
    [TestCase(
        "{ \"formatVersion\": 1, \"id\": \"x\", \"databases\": [ { \"name\": \"a\", \"file\": \"../../etc/passwd\" } ] }"
    )]
    public void Read_refuses_what_is_no_manifest(string text) =>
        Assert.Catch<JsonException>(() => BackupManifest.Read(System.Text.Encoding.UTF8.GetBytes(text)));
}
