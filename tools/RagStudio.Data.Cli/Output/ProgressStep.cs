using System.Globalization;

namespace RagStudio.Data.Cli;

/// <summary>The progress of a command.</summary>
/// <param name="Text">The current step.</param>
/// <param name="Completed">The completed amount.</param>
/// <param name="Total">The total amount; 0 if it is unknown.</param>
/// <param name="Amount">Both in words; empty if nothing is counted.</param>
internal readonly record struct ProgressStep(string Text, long Completed = 0, long Total = 0, string Amount = "")
{
    /// <summary>A step that counts items.</summary>
    /// <param name="text">The current step.</param>
    /// <param name="completed">The number of completed items.</param>
    /// <param name="total">The total number of items; 0 if it is unknown.</param>
    /// <param name="noun">The noun for the items.</param>
    public static ProgressStep Count(string text, long completed, long total, string noun) =>
        new(
            text,
            completed,
            total,
            total > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{completed:N0} of {ReadableText.Count(total, noun)}")
                : ReadableText.Count(completed, noun)
        );

    /// <summary>The same step with the time left.</summary>
    public ProgressStep With(TimeSpan left) => this with { Amount = $"{Amount}, {ReadableText.Duration(left)} left" };

    /// <summary>A step that counts bytes.</summary>
    public static ProgressStep Bytes(string text, long completed, long total) =>
        new(text, completed, total, $"{ReadableText.Size(completed)} of {ReadableText.Size(total)}");
}
