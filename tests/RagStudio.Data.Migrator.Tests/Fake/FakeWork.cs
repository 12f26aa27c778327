using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

internal static class FakeWork
{
    /// <summary>The fake's work takes no time: its limits expire at once or never.</summary>
    public static void ThrowIfOver(WorkLimits limits)
    {
        limits.Token.ThrowIfCancellationRequested();
        if (limits.Timeout <= TimeSpan.Zero)
        {
            throw new TimeoutException("There was no time for it.");
        }
    }
}
