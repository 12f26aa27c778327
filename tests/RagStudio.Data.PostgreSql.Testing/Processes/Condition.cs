using System.Diagnostics;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>Waits for what can only be asked about.</summary>
public static class Condition
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Waits until it holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within a minute.</exception>
    public static async Task HoldsAsync(string what, Func<Task<bool>> condition)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var clock = Stopwatch.StartNew(); !await condition(); _ = await poll.WaitForNextTickAsync())
        {
            if (clock.Elapsed > Limit)
            {
                throw new TimeoutException($"Timed out after {Limit.TotalSeconds} s: {what}.");
            }
        }
    }

    /// <inheritdoc cref="HoldsAsync(string, Func{Task{bool}})"/>
    public static Task HoldsAsync(string what, Func<bool> condition) =>
        HoldsAsync(what, () => Task.FromResult(condition()));
}
