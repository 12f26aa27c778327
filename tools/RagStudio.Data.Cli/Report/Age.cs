namespace RagStudio.Data.Cli;

/// <summary>How long ago something was, in the largest unit that fits.</summary>
internal static class Age
{
    /// <param name="then">When it was.</param>
    /// <param name="now">The present.</param>
    public static string Of(DateTimeOffset then, DateTimeOffset now) =>
        (now - then) switch
        {
            // The clock of another machine, or of this one before it was set right.
            { Ticks: < 0 } => "in the future",
            { TotalMinutes: < 1 } => "just now",
            { TotalHours: < 1 } age => Ago(age.TotalMinutes, "minute"),
            { TotalDays: < 1 } age => Ago(age.TotalHours, "hour"),
            { TotalDays: < 60 } age => Ago(age.TotalDays, "day"),
            { TotalDays: < 730 } age => Ago(age.TotalDays / 30.4, "month"),
            var age => Ago(age.TotalDays / 365.25, "year"),
        };

    private static string Ago(double units, string unit) => ReadableText.Count((long)units, unit) + " ago";
}
