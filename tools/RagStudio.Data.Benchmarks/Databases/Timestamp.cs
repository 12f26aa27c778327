namespace RagStudio.Data.Benchmarks;

/// <summary>The time of every row.</summary>
internal static class Timestamp
{
    public static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public const string Text = "2026-03-01T12:00:00.0000000Z";
}
