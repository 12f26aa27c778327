namespace RagStudio.Data;

internal static class StoredTime
{
    /// <summary>
    /// The time to the microsecond, which is what PostgreSQL stores: what a call returns is what is read later, with either
    /// provider. Events keep all digits, because they store the time as text.
    /// </summary>
    public static DateTimeOffset GetStoredNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
