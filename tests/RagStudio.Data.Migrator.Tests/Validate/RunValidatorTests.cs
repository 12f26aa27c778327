namespace RagStudio.Data.Migrator.Tests.Validate;

public sealed class RunValidatorTests
{
    //        before      after       new
    [TestCase("", "", "")]
    [TestCase("", "a2", "a2")]
    [TestCase("a2", "a2", "")]
    [TestCase("a2", "a5 b1", "a3 b1")]
    [TestCase("a2 b3", "a1", "")]
    public void NewDamage_is_what_there_is_more_of(string before, string after, string expected) =>
        Assert.That(
            RunValidator.NewDamage(Check(before), Check(after)).Select(count => $"{count.Table}{count.Count}"),
            Is.EqualTo(Words(expected))
        );

    private static StorageCheck Check(string counts) =>
        new([], [.. Words(counts).Select(w => new ErrorCount(ValidationErrorKind.ForeignKey, w[..1], w[1] - '0'))], 2);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
