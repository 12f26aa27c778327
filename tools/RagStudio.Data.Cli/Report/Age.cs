namespace RagStudio.Data.Cli;

/// <summary>Formats how long ago something happened, in the largest unit that fits.</summary>
internal static class Age
{
    /// <param name="then">The time of the event.</param>
    /// <param name="now">The present time.</param>
    public static string Describe(DateTimeOffset then, DateTimeOffset now) =>
        (now - then) switch
        {
            // Written by a machine with a wrong clock, or by this one before its clock was corrected.
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
