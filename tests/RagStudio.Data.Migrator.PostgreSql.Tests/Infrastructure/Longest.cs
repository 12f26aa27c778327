using System.Diagnostics;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>The longest of several times.</summary>
internal sealed class Longest
{
    private readonly Lock _access = new();

    public TimeSpan Time { get; private set; }

    public double Seconds => Time.TotalSeconds;

    public async Task<T> OfAsync<T>(Task<T> work)
    {
        var clock = Stopwatch.StartNew();
        var result = await work;
        lock (_access)
        {
            Time = clock.Elapsed > Time ? clock.Elapsed : Time;
        }
        return result;
    }
}
