using System.Globalization;
using RagStudio.Data.Migrator.BackUp;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Tests.BackUp;

public sealed class BackupRetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);

    // sets, oldest first; ! failed its check, ? was left by a killed run, + was made before a migration, the
    // others were requested by a user; * is a clone that was not checked; ~ has another name; /x belongs to other databases; each is one day
    // older than the next, the last one a day old, and has 10 bytes
    [TestCase("a b c", "2", "a")]
    [TestCase("a b c", "3", "")]
    [TestCase("a b c", "1", "a b")]
    [TestCase("a b! c!", "1", "b!", Description = "the newest good set stays, however old")]
    [TestCase("a! b! c!", "2", "a!")]
    [TestCase("a b? c? d? e", "9", "b?", Description = "two of the dead runs' are enough")]
    [TestCase("a b? c?", "1", "", Description = "the dead runs' do not count against the good ones")]
    [TestCase("a b c d", "9 days=2", "a b")]
    [TestCase("a b", "9 days=0", "a", Description = "the newest good set stays, whatever its age")]
    [TestCase("a b c", "9 bytes=25", "a")]
    [TestCase("a b c", "9 bytes=1", "a b")]
    [TestCase("a b c", "1 needed=a", "b", Description = "what an unfinished run needs stays")]
    [TestCase("a b* c*", "1", "b*", Description = "the newest verified set stays, and the newest that may be good")]
    [TestCase("a b! c*", "1", "b!")]
    [TestCase("a+ b+ c+ d+ e+", "2", "b+ c+", Description = "the first of several attempts stays")]
    [TestCase("a+ b+ c+ d+ e+", "9 bytes=1", "b+ c+ d+")]
    [TestCase("a~+ b+ c+ d+", "2", "b+", Description = "also where the database was called otherwise then")]
    [TestCase("a+ b+ c", "1", "", Description = "one that somebody asked for pushes out none of a run's")]
    [TestCase("a+ b+ c d e", "2", "c")]
    [TestCase("a b+ c+ d", "1", "a", Description = "each quota has its newest good set")]
    [TestCase("a/x b/x c/y d/y", "1", "a/x c/y", Description = "each choice of databases has its own quota")]
    [TestCase("", "2", "")]
    public void Excess_names_what_may_go_the_oldest_first(string sets, string limits, string excess)
    {
        var names = sets.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var all = names.Select((name, i) => Set(name, Now.AddDays(i - names.Length).AddMinutes(1))).ToArray();
        var words = limits.Split(' ');
        var retention = new BackupRetention(
            int.Parse(words[0], CultureInfo.InvariantCulture),
            Value(words, "days") is { } days
                ? TimeSpan.FromDays(double.Parse(days, CultureInfo.InvariantCulture))
                : null,
            Value(words, "bytes") is { } bytes ? long.Parse(bytes, CultureInfo.InvariantCulture) : null
        );

        var removed = retention.Excess(
            all,
            Now,
            set => set.Id == Value(words, "needed"),
            set => set.Id.Split('/') is [_, var choice] ? choice : ""
        );

        Assert.That(string.Join(' ', removed.Select(set => set.Id)), Is.EqualTo(excess));
    }

    private static string? Value(string[] words, string name) =>
        words.FirstOrDefault(word => word.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static BackupSet Set(string id, DateTimeOffset createdAt) =>
        new(
            BackupManifest.FormatVersion,
            id,
            createdAt,
            id[^1] switch
            {
                '?' => BackupReason.Interrupted,
                '+' => BackupReason.BeforeMigration,
                _ => BackupReason.Manual,
            },
            "run",
            "1.0.0",
            [
                new BackupDatabase(
                    id.Contains('~', StringComparison.Ordinal) ? "former" : "db",
                    "db.db",
                    "1",
                    10,
                    1,
                    "00",
                    null,
                    id.EndsWith('!') ? "row 1 missing"
                        : id.EndsWith('*') ? BackupDatabase.NotChecked
                        : BackupDatabase.CheckPassed
                ),
            ]
        );
}
