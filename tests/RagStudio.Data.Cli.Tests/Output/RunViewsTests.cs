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
    public void A_rehearsal_tells_its_sample_and_its_estimate_and_the_run_compares_it()
    {
        var rehearsed = new RehearsalReport(Summary.Databases, [], 0, TimeSpan.FromSeconds(9), Error: null)
        {
            Sample = new RehearsalSample(1234, 56789, ["orders"]),
            LockEstimate = new LockEstimate(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2)),
        };
        var dryRun = Summary with { NotRehearsed = null, Rehearsal = rehearsed };
        var run = dryRun with { LockEstimate = rehearsed.LockEstimate, LocksHeld = TimeSpan.FromSeconds(4) };

        Assert.That(
            Shown(display => RehearsalView.Show(display, dryRun)),
            Does.Contain("1,234 rows of about 56,789 rows")
                .And.Contain("about 5.0 s, 3.0 s of")
                .And.Not.Contain("took up")
        );
        Assert.That(
            Shown(display => MigrateView.Show(display, run, [])),
            Does.Contain("1,234 rows of about").And.Contain("for 4.0 s (estimated: 5.0 s)")
        );
        var json = RunDocument.From(run);
        Assert.That((json.LocksHeldMs, json.LockEstimateMs), Is.EqualTo((4000, 5000)));
        Assert.That((json.Rehearsal!.LockEstimateMs, json.Rehearsal.Sample!.Rows), Is.EqualTo((5000, 1234)));
    }

    [Test]
    public void A_plan_says_what_others_wait_for_and_that_the_time_is_not_known()
    {
        var finding = new PlanFinding(PlanFindingKind.RewrittenTable, "orders", null, 9, false, "rewrites")
        {
            Bytes = 2048,
        };
        var migration = Plan.Databases[0].Migrations[0] with { Findings = [finding, finding] };
        var plan = Plan with { Databases = [new PlannedDatabase("shop", [migration])] };

        Assert.That(
            Shown(display => PlanView.Show(display, plan, withSql: false)),
            Does.Contain("4 KiB are rewritten").And.Contain("not known before a rehearsal")
        );
        Assert.That(PlanDocument.From(plan).BlockedBytes, Is.EqualTo(4096));
    }

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
