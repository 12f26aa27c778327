using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli.Tests;

/// <summary>What runs on a server have to say, which runs on files never do.</summary>
[TestFixture]
internal sealed class RunViewsTests
{
    private const string Reason = "'server' has no place for copies.";

    private static readonly MigrationPlan Plan = new(
        [
            new PlannedDatabase(
                "shop",
                [new PlannedMigration("1_A", "A", MigrationKind.Schema, false, null, TimeSpan.FromMinutes(5), "", [])]
            ),
        ],
        0,
        Refusal: null
    );

    private static readonly MigrationSummary Summary = new(
        "run",
        true,
        null,
        [new("shop", [new AppliedMigration("1_A", "A", MigrationKind.Schema, TimeSpan.Zero, true, null)])],
        TimeSpan.Zero,
        null,
        []
    )
    {
        NotRehearsed = Reason,
    };

    [Test]
    public void A_dry_run_that_could_not_rehearse_shows_the_plan_and_why()
    {
        var dryRun = Summary with { Databases = [new("shop", [])], Plan = Plan };

        Assert.That(
            Shown(display => RehearsalView.Show(display, dryRun)),
            Does.Contain("1_A").And.Contain(Reason).And.Contain("Nothing was changed.").And.Not.Contain("succeeded")
        );
        Assert.That(RunDocument.From(dryRun).NotRehearsed, Is.EqualTo(Reason));
        Assert.That(RunDocument.From(dryRun).Plan!.Databases[0].Migrations[0].Version, Is.EqualTo("1_A"));
    }

    [Test]
    public void A_run_that_could_not_be_rehearsed_says_why() =>
        Assert.That(
            Shown(display => MigrateView.Show(display, Summary, [])),
            Does.Contain("Applied 1 migration").And.Contain(Reason)
        );

    [Test]
    public void A_recovery_says_that_the_databases_themselves_held_what_was_left()
    {
        var recovered = new RecoverySummary("run", null, false, null, null) { Settled = true };

        Assert.That(
            Shown(display => RecoverView.Show(display, recovered)),
            Does.Contain("was interrupted").And.Not.Contain("Nothing to recover")
        );
    }

    private static string Shown(Action<IDisplay> show)
    {
        using var text = new StringWriter();
        show(new PlainDisplay(text));
        return text.ToString();
    }
}
