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
        var plan = MigrationPlanner.Plan("db", Ids(known), Ids(applied));

        Assert.Multiple(() =>
        {
            Assert.That(plan.Pending, Is.EqualTo(Ids(pending)));
            Assert.That(plan.Unknown, Is.EqualTo(Ids(unknown)));
            Assert.That(plan.Newer, Is.EqualTo(Ids(newer)));
            Assert.That(plan.OutOfOrder, Is.EqualTo(Ids(outOfOrder)));
        });
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
            .Select(d => MigrationPlanner.Plan("db", Ids(d[0]), Ids(d[1])));

        Assert.That(MigrationPlanner.Judge([.. plans]), Is.EqualTo(verdict));
    }

    [Test]
    public void Check_refuses_unknown_migrations_by_policy()
    {
        var plan = MigrationPlanner.Plan("db", Ids("1 3"), Ids("1 2 3"));

        Assert.DoesNotThrow(() => MigrationPlanner.Check(plan, new MigrationOptions()));
        var refusal = Assert.Throws<PlanRefusedException>(() =>
            MigrationPlanner.Check(plan, new MigrationOptions { UnknownMigrations = UnknownMigrationPolicy.Refuse })
        );
        Assert.That(refusal!.Versions, Is.EqualTo(new[] { "2" }));
    }

    private static string[] Ids(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
