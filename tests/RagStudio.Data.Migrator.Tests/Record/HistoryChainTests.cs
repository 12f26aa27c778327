using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.Tests.Record;

public sealed class HistoryChainTests
{
    /// <summary>Nine unchanged lines, in the order of their ids.</summary>
    private static List<Line> Sound()
    {
        var lines = new List<Line>();
        for (var id = 1; id <= 9; id++)
        {
            var fields = new[] { $"line {id}", null, "" };
            lines.Add(new Line(id, RecordHash.Compute(lines.LastOrDefault()?.Hash, fields), fields));
        }
        return lines;
    }

    [Test]
    public void Lines_as_they_were_written_are_sound() => Assert.That(Find(Sound(), 9), Is.Empty);

    [Test]
    public void A_history_without_any_line_is_sound() => Assert.That(Find([], 0), Is.Empty);

    /// <summary>Manipulations of the nine lines, and the only line that is reported for each.</summary>
    private static IEnumerable<TestCaseData> Tamperings =>
        [
            Case("content", 5, lines => lines[4] = lines[4] with { Fields = ["changed", null, ""] }),
            Case("content, the first", 1, lines => lines[0] = lines[0] with { Fields = ["changed", null, ""] }),
            Case("content, the last", 9, lines => lines[8] = lines[8] with { Fields = ["changed", null, ""] }),
            Case("an empty field for none", 5, lines => lines[4] = lines[4] with { Fields = ["line 5", "", ""] }),
            Case(
                "content that moved between fields",
                5,
                lines => lines[4] = lines[4] with { Fields = ["line ", null, "5"] }
            ),
            Case("the hash alone", 5, lines => lines[4] = lines[4] with { Hash = "0" }),
            Case("the hash taken away", 5, lines => lines[4] = lines[4] with { Hash = null }),
            Case("the last hash taken away", 9, lines => lines[8] = lines[8] with { Hash = null }),
            Case("the first hash taken away", 2, lines => lines[0] = lines[0] with { Hash = null }),
            Case(
                "content with a new hash, which the next line does not continue",
                6,
                lines =>
                {
                    string?[] fields = ["changed", null, ""];
                    lines[4] = lines[4] with { Fields = fields, Hash = RecordHash.Compute(lines[3].Hash, fields) };
                }
            ),
            Case("removed", 5, lines => lines.RemoveAt(4)),
            Case("removed, several", 4, lines => lines.RemoveRange(3, 4)),
            Case("removed, the first", 1, lines => lines.RemoveAt(0)),
            Case("removed, the last", 9, lines => lines.RemoveAt(8)),
            Case("removed, all", 1, lines => lines.Clear()),
            Case(
                "two neighbours exchanged",
                3,
                lines => (lines[2], lines[3]) = (lines[3] with { Id = 3 }, lines[2] with { Id = 4 })
            ),
            Case(
                "two exchanged over a distance",
                3,
                lines => (lines[2], lines[6]) = (lines[6] with { Id = 3 }, lines[2] with { Id = 7 }),
                times: 2
            ),
            Case("put in at the end", 10, lines => lines.Add(new Line(10, "0", ["new"]))),
            Case("put in at the end without a hash", 10, lines => lines.Add(new Line(10, null, ["new"]))),
            Case("a copy of the last line", 10, lines => lines.Add(lines[8] with { Id = 10 })),
            Case("a copy of another line", 10, lines => lines.Add(lines[3] with { Id = 10 })),
            Case(
                "put in between, the others moved up",
                5,
                lines =>
                {
                    lines.Insert(4, new Line(5, "0", ["new"]));
                    Renumber(lines);
                }
            ),
            Case(
                "removed, the others moved up, and the counter set back",
                5,
                lines =>
                {
                    lines.RemoveAt(4);
                    Renumber(lines);
                },
                lastId: 8
            ),
            Case(
                "moved to another place, the others moved up",
                3,
                lines =>
                {
                    lines.Insert(6, lines[2]);
                    lines.RemoveAt(2);
                    Renumber(lines);
                }
            ),
            Case("all hashes taken away", 9, lines => Replace(lines, 9, line => line with { Hash = null })),
            Case("the hashes of a half taken away", 5, lines => Replace(lines, 4, line => line with { Hash = null })),
            Case("numbers shifted", 1, lines => Replace(lines, 9, line => line with { Id = line.Id + 10 })),
        ];

    [TestCaseSource(nameof(Tamperings))]
    public void What_somebody_did_to_the_lines_is_told_once(Action<List<Line>> tamper, long id, int times, long? lastId)
    {
        var lines = Sound();
        tamper(lines);

        var finding = Find(lines, lastId ?? Math.Max(9, lines.LastOrDefault()?.Id ?? 0)).Single();

        Assert.Multiple(() =>
        {
            Assert.That((finding.Check, finding.Kind), Is.EqualTo(("history", ValidationErrorKind.HistoryTampered)));
            Assert.That(finding.Count, Is.EqualTo(times));
            Assert.That(finding.First[0].Id, Is.EqualTo($"{id}"));
            Assert.That(finding.First[0].Table, Is.EqualTo(finding.Table).And.EqualTo("lines"));
        });
    }

    [Test]
    public void Two_lines_that_somebody_changed_are_two_errors()
    {
        var lines = Sound();
        Replace(lines, 4, line => line.Id is 3 or 4 ? line with { Fields = ["changed"] } : line);

        Assert.That(Find(lines, 9).Single().First.Select(error => error.Id), Is.EqualTo(new[] { "3", "4" }));
    }

    [Test]
    public void Lines_of_a_version_without_hashes_may_come_first()
    {
        Line[] old = [new(1, null, ["old"]), new(2, null, ["old"])];
        Line[] lines = [.. old, .. Sound().Select(line => line with { Id = line.Id + 2 })];

        Assert.That(Find(lines, 11), Is.Empty);
    }

    [Test]
    public void Of_many_errors_the_first_are_named_and_all_are_counted()
    {
        var lines = Enumerable.Range(1, 100).Select(id => new Line(id, "0", ["x"]));

        var finding = Find(lines, 100).Single();

        Assert.That((finding.Count, finding.First.Count), Is.EqualTo((100, ValidationFinding.MaxNamed)));
    }

    private static TestCaseData Case(
        string name,
        long id,
        Action<List<Line>> tamper,
        int times = 1,
        long? lastId = null
    ) => new TestCaseData(tamper, id, times, lastId).SetArgDisplayNames(name);

    private static IReadOnlyList<ValidationFinding> Find(IEnumerable<Line> lines, long lastId)
    {
        var chain = new HistoryChain("lines");
        foreach (var line in lines)
        {
            chain.Add(line.Id, line.Hash, line.Fields);
        }
        return chain.Complete(lastId);
    }

    private static void Renumber(List<Line> lines) =>
        Replace(lines, lines.Count, line => line with { Id = lines.IndexOf(line) + 1 });

    private static void Replace(List<Line> lines, int count, Func<Line, Line> change)
    {
        for (var i = 0; i < count; i++)
        {
            lines[i] = change(lines[i]);
        }
    }

    public sealed record Line(long Id, string? Hash, string?[] Fields);
}
