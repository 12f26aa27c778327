namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class RequirementTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase("0")]
    public void A_test_that_lacks_something_is_skipped_with_the_reason(string? required) =>
        Assert.That(
            () => Requirement.IsMissing("There is no server.", required),
            Throws.TypeOf<IgnoreException>().With.Message.EqualTo("There is no server.")
        );

    [Test]
    public void It_fails_where_everything_is_required() =>
        Assert.That(
            () => Requirement.IsMissing("There is no server.", "1"),
            Throws.TypeOf<AssertionException>().With.Message.EqualTo("There is no server.")
        );
}
