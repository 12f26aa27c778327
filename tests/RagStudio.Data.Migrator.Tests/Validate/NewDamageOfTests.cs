using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Tests.Validate;

public sealed class NewDamageOfTests
{
    //        before      after       new
    [TestCase("", "", "")]
    [TestCase("", "a2", "a2")]
    [TestCase("a2", "a2", "")]
    [TestCase("a2", "a5 b1", "a3 b1")]
    [TestCase("a2 b3", "a1", "")]
    public void Of_is_what_there_is_more_of(string before, string after, string expected) =>
        Assert.That(
            NewDamage.Find(Findings(before), Findings(after)).Select(finding => $"{finding.Table}{finding.Count}"),
            Is.EqualTo(Words(expected))
        );

    private static ValidationFinding[] Findings(string counts) =>
        [
            .. Words(counts)
                .Select(word => new ValidationFinding(
                    "a rule",
                    ValidationErrorKind.OrphanedRecord,
                    word[..1],
                    word[1] - '0',
                    []
                )),
        ];

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
