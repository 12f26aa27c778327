using Microsoft.Extensions.Time.Testing;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>A fake clock that tells when somebody waits on it.</summary>
internal sealed class FakeTime() : FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
{
    /// <summary>Called with each delay, once it has begun.</summary>
    public Action<TimeSpan> OnDelay { get; set; } = _ => { };

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        OnDelay(dueTime);
        return timer;
    }
}
