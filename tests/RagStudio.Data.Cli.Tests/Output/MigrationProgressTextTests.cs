using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class MigrationProgressTextTests
{
    private static IEnumerable<TestCaseData> Steps()
    {
        yield return Case(
            new MigrationProgress(MigrationPhase.BackUp, "events", null, 3 << 20, 1 << 30)
            {
                Unit = ProgressUnit.Bytes,
            },
            new ProgressStep("Backing up (events)", 3 << 20, 1 << 30, "3 MiB of 1 GiB")
        );
        yield return Case(
            new MigrationProgress(MigrationPhase.Apply, "events", "1_One", 1, 2)
            {
                Unit = ProgressUnit.Migrations,
                SetCompleted = 3,
                SetTotal = 7,
            },
            new ProgressStep("Applying 1_One (events)", 3, 7, "3 of 7 migrations")
        );
        yield return Case(
            new MigrationProgress(MigrationPhase.Apply, "events", "1_One", 50, 200)
            {
                Unit = ProgressUnit.Items,
                SetCompleted = 3,
                SetTotal = 7,
            },
            new ProgressStep("Applying 1_One (events)", 50, 200, "50 of 200 items")
        );
        yield return Case(
            new MigrationProgress(MigrationPhase.Validate, "events", null, 1_250_000, Check: "checksums")
            {
                Unit = ProgressUnit.Rows,
            },
            new ProgressStep("Validating checksums (events)", 1_250_000, 0, "1,250,000 rows")
        );
        yield return Case(new MigrationProgress(MigrationPhase.Lock), new ProgressStep("Locking"));
    }

    [TestCaseSource(nameof(Steps))]
    public void A_step_says_what_is_done_and_how_far(object progress, object expected) =>
        Assert.That(MigrationProgressText.Describe((MigrationProgress)progress), Is.EqualTo(expected));

    private static TestCaseData Case(MigrationProgress progress, ProgressStep expected) =>
        new TestCaseData(progress, expected).SetArgDisplayNames(expected.Text, expected.Amount);
}
