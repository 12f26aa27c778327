using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Plan;

public sealed class MigrationPlannerTests
{
    //        known            applied      pending   unknown   newer     out of order
    [TestCase("1 2 3", "", "1 2 3", "", "", "")]
    [TestCase("1 2 3", "1", "2 3", "", "", "")]
    [TestCase("1 2 3", "1 2 3", "", "", "", "")]
    [TestCase("1 2 3", "1 3", "2", "", "", "2")]
    [TestCase("1 2 3", "2", "1 3", "", "", "1")]
    [TestCase("1 2", "1 2 3", "", "3", "3", "")]
    [TestCase("1 3", "1 2 3", "", "2", "", "")]
    [TestCase("1 3", "1 2", "3", "2", "", "")]
    [TestCase("1a 2B", "1A", "2B", "", "", "")]
    [TestCase("", "1", "", "1", "1", "")]
    public void Plan_sorts_the_ids(
        string known,
        string applied,
        string pending,
        string unknown,
        string newer,
        string outOfOrder
    )
    {
        var plan = MigrationPlanner.Compare("db", Ids(known), Ids(applied));

        Assert.Multiple(() =>
        {
            Assert.That(plan.Pending, Is.EqualTo(Ids(pending)));
            Assert.That(plan.Unknown, Is.EqualTo(Ids(unknown)));
            Assert.That(plan.Newer, Is.EqualTo(Ids(newer)));
            Assert.That(plan.OutOfOrder, Is.EqualTo(Ids(outOfOrder)));
        });
    }

    [Test]
    public void Plan_and_rollback_keep_the_order_in_which_EF_applies_ids_of_one_time_stamp()
    {
        // Sorted as in every culture; in ordinal order, C is before the underscore.
        string[] known = ["20240101000000_Add_Table", "20240101000000_AddColumn", "20240201000000_Next"];

        var fresh = MigrationPlanner.Compare("db", known, []);
        var half = MigrationPlanner.Compare("db", known, known[..1]);
        var whole = MigrationPlanner.Compare("db", known, [.. known.Order(MigrationIdComparer.Default)]);

        Assert.Multiple(() =>
        {
            Assert.That(fresh.Pending, Is.EqualTo(known));
            Assert.That(half.OutOfOrder, Is.Empty);
            Assert.That(half.Pending, Is.EqualTo(known[1..]));
            Assert.That(whole.Applied, Is.EqualTo(known));
            Assert.That(RevertRules.ToRevert(whole, "0"), Is.EqualTo(known.Reverse()));
        });
    }

    //        known    applied   recorded     edited
    [TestCase("1 2 3", "1 2", "1=a 2=b", "")]
    [TestCase("1 2 3", "1 2", "1=x 2=b", "1")]
    [TestCase("1 2 3", "1 2", "1=x 2=x 3=x", "1 2", Description = "what is not applied cannot have been edited")]
    [TestCase("1 2 3", "1 2", "", "", Description = "EF applied them without the migrator")]
    [TestCase("1 3", "1 2", "1=a 2=x", "", Description = "nobody knows what 2 is now")]
    [TestCase("1a", "1A", "1A=x", "1a", Description = "EF compares ids so")]
    public void Plan_names_the_applied_migrations_that_are_not_what_was_recorded(
        string known,
        string applied,
        string recorded,
        string edited
    )
    {
        var checksums = Ids(recorded)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);

        var plan = MigrationPlanner.Compare(
            "db",
            Ids(known),
            Ids(applied),
            checksums,
            (_, checksum) => checksum == "x"
        );

        Assert.That(plan.Edited, Is.EqualTo(Ids(edited)));
        Assert.That(plan.Drift, Has.Count.EqualTo(plan.Edited.Count));
    }

    [TestCase("1 2 | 1 2 | 1", MigrationVerdict.Drifted)]
    [TestCase("1 2 | 1 | 1", MigrationVerdict.Drifted, Description = "graver than what is pending")]
    [TestCase("1 2 | 2 | 2", MigrationVerdict.Drifted, Description = "graver than what is out of order")]
    [TestCase("1 2 | 1 2 3 | 1", MigrationVerdict.Newer, Description = "the newer program knows better")]
    [TestCase("1 2 | 1 2 | ; 1 | 1 | 1", MigrationVerdict.Drifted, Description = "of any database")]
    public void Judge_calls_a_set_drifted_when_an_applied_migration_was_edited(
        string databases,
        MigrationVerdict verdict
    )
    {
        var plans = databases
            .Split(';')
            .Select(text => text.Split('|'))
            .Select(d =>
                MigrationPlanner.Compare(
                    "db",
                    Ids(d[0]),
                    Ids(d[1]),
                    Ids(d[2]).ToDictionary(id => id, _ => "x"),
                    (_, _) => true
                )
            );

        Assert.That(MigrationPlanner.Judge([.. plans], UnknownMigrationPolicy.Warn), Is.EqualTo(verdict));
    }

    [TestCase("1 2 | 1 2", MigrationVerdict.UpToDate)]
    [TestCase("1 2 | 1", MigrationVerdict.Pending)]
    [TestCase("1 2 | ", MigrationVerdict.Empty)]
    [TestCase("1 2 | 2", MigrationVerdict.OutOfOrder)]
    [TestCase("1 2 | 1 2 3", MigrationVerdict.Newer)]
    [TestCase("1 2 | ; 1 | 1", MigrationVerdict.Pending, Description = "one new database beside an old one")]
    [TestCase("1 2 | 2; 1 | 1 2", MigrationVerdict.Newer, Description = "the gravest of two")]
    public void Judge_gives_the_set_one_verdict(string databases, MigrationVerdict verdict)
    {
        var plans = databases
            .Split(';')
            .Select(text => text.Split('|'))
            .Select(d => MigrationPlanner.Compare("db", Ids(d[0]), Ids(d[1])));

        Assert.That(MigrationPlanner.Judge([.. plans], UnknownMigrationPolicy.Warn), Is.EqualTo(verdict));
    }

    /// <summary>The known and applied migrations, and those that the migrator has recorded.</summary>
    [TestCase("1 2 | 1 2 3 | 1 2", UnknownMigrationPolicy.Warn, MigrationVerdict.Newer)]
    [TestCase("1 2 | 1 2 3 | 1 2", UnknownMigrationPolicy.Refuse, MigrationVerdict.Newer)]
    [TestCase("1 2 | 1 2 3 | 1 2", UnknownMigrationPolicy.Tolerate, MigrationVerdict.UpToDate)]
    [TestCase("1 2 | 1 3 | 1", UnknownMigrationPolicy.Tolerate, MigrationVerdict.Pending)]
    [TestCase("1 2 | 1 2 3 | 1 2 3", UnknownMigrationPolicy.Tolerate, MigrationVerdict.Newer)]
    public void Judge_tolerates_rows_of_the_application_but_nothing_that_a_newer_program_has_recorded(
        string database,
        UnknownMigrationPolicy policy,
        MigrationVerdict verdict
    )
    {
        string[] ids = database.Split('|');
        var recorded = Ids(ids[2]).ToDictionary(id => id, _ => "x");

        var plan = MigrationPlanner.Compare("db", Ids(ids[0]), Ids(ids[1]), recorded, (_, _) => false);

        Assert.That(MigrationPlanner.Judge([plan], policy), Is.EqualTo(verdict));
    }

    [Test]
    public void Refusal_refuses_unknown_migrations_by_policy()
    {
        var plan = MigrationPlanner.Compare("db", Ids("1 3"), Ids("1 2 3"));

        Assert.That(MigrationPlanner.Refusal(plan, new MigrationOptions()), Is.Null);
        var refusal = MigrationPlanner.Refusal(
            plan,
            new MigrationOptions { UnknownMigrations = UnknownMigrationPolicy.Refuse }
        );
        Assert.That((refusal as PlanRefusedException)?.Versions, Is.EqualTo(new[] { "2" }));
    }

    private static string[] Ids(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
