using RagStudio.Data.Migrator.Migrations;

namespace RagStudio.Data.Migrator.Tests.Plan;

public sealed class VersionListTests
{
    [TestCase(0, "")]
    [TestCase(1, "1")]
    [TestCase(5, "1, 2, 3, 4, 5")]
    [TestCase(6, "1, 2, 3, … and 3 more")]
    [TestCase(70, "1, 2, 3, … and 67 more")]
    public void Of_names_the_first_few_and_counts_the_others(int count, string text) =>
        Assert.That(VersionList.Format([.. Enumerable.Range(1, count).Select(i => $"{i}")]), Is.EqualTo(text));

    [Test]
    public void A_refusal_of_seventy_migrations_is_a_short_sentence_and_has_them_all_in_its_property()
    {
        string[] known = [.. Enumerable.Range(1, 71).Select(i => $"202401{i:00}_M")];
        var plan = MigrationPlanner.Compare("shop", known, [known[^1]]);

        var refusal = MigrationPlanner.Refusal(plan, new MigrationOptions());

        Assert.Multiple(() =>
        {
            Assert.That(refusal, Is.TypeOf<PlanRefusedException>());
            Assert.That(((PlanRefusedException)refusal!).Versions, Is.EqualTo(known[..70]));
            Assert.That(
                refusal!.Message,
                Does.Contain("20240101_M, 20240102_M, 20240103_M, … and 67 more").And.Contain("--allow-out-of-order")
            );
        });
    }
}
