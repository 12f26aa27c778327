namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>The tests whose figures docs/performance.md states, and what they print.</summary>
internal static class Figure
{
    public const string Category = "Figure";

    public static void Print(FormattableString line) =>
        TestContext.Out.WriteLine(FormattableString.Invariant($"figure: {FormattableString.Invariant(line)}"));
}
