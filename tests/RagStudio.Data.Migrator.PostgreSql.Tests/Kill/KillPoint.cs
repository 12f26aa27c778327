namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A random moment of a run: before one of its statements, or some milliseconds after it was sent.</summary>
/// <param name="Statement">The number of the statement, from 1.</param>
/// <param name="After"><see langword="null"/>: the server never sees the statement.</param>
internal sealed record KillPoint(int Statement, TimeSpan? After)
{
    /// <summary>The statements are short; the longest, those that flush, take some ten milliseconds.</summary>
    private const int MostMilliseconds = 40;

    /// <summary>
    /// Chooses among the statements of a run, so the points do not depend on the machine; half of the points are in its
    /// commit and after it, where only few of the statements are.
    /// </summary>
    public static KillPoint Choose(Random random, IReadOnlyList<string> statements) =>
        new(
            random.Next(random.Next(2) == 0 ? 0 : CommitOf(statements), statements.Count) + 1,
            random.Next(2) == 0 ? null : TimeSpan.FromMilliseconds(random.NextDouble() * MostMilliseconds)
        );

    private static int CommitOf(IReadOnlyList<string> statements) =>
        statements
            .Index()
            .Last(statement => statement.Item.StartsWith("PREPARE TRANSACTION", StringComparison.Ordinal))
            .Index;

    /// <summary>Waits for the moment; a run that ends before it has had fewer statements than others.</summary>
    public async Task ComesAsync(Interruption held, Task run)
    {
        await Condition.HoldsAsync($"{this} comes", () => held.HasHappened || run.IsCompleted);
        if (After is { } after)
        {
            held.Release();
            await Task.Delay(after);
        }
    }
}
