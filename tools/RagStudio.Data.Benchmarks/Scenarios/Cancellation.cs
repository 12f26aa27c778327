using System.Diagnostics;

namespace RagStudio.Data.Benchmarks;

/// <summary>The time from canceling a long validation to its end, at a different moment in each run.</summary>
internal sealed class Cancellation : Scenario
{
    private readonly Random _random = new(1);
    private BenchmarkData _data = null!;
    private TimeSpan _whole;

    public override string Name => "cancellation";

    public override string Description =>
        $"a validation of {Sizes.Events:N0} events, from Cancel to its end; the longest";

    public override double Target => 100;

    private static int Moments => Sizes.AreQuick ? 1 : 3;

    public override bool HasPeer => false;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        _data = await databases.EventsAsync(Sizes.Events);
        var begun = Stopwatch.GetTimestamp();
        Rules.Demand((await _data.Validator.ValidateAsync()).Valid, "a clean database has an error");
        _whole = Stopwatch.GetElapsedTime(begun);
        Console.Error.WriteLine($"{Name}: a whole validation takes {_whole.TotalMilliseconds:N0} ms");
    }

    public override async Task<double?> RunAsync()
    {
        var longest = 0.0;
        for (var i = 0; i < Moments; i++)
        {
            longest = Math.Max(longest, await CancelAsync());
        }
        return longest;
    }

    /// <summary>Tries earlier moments until the validation has not finished before.</summary>
    private async Task<double> CancelAsync()
    {
        var after = _whole * _random.NextDouble();
        while (true)
        {
            if (await CancelAsync(after) is { } milliseconds)
            {
                return milliseconds;
            }
            after /= 2;
        }
    }

    private async Task<double?> CancelAsync(TimeSpan after)
    {
        using var cancel = new CancellationTokenSource();
        var validation = _data.Validator.ValidateAsync(cancellationToken: cancel.Token);
        await Task.Delay(after);
        var begun = Stopwatch.GetTimestamp();
        await cancel.CancelAsync();
        try
        {
            await validation;
            return null;
        }
        catch (OperationCanceledException)
        {
            return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
    }
}
