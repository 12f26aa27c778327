using System.Globalization;

namespace RagStudio.Data.Cli;

/// <summary>How far a command is.</summary>
/// <param name="Text">What it is doing.</param>
/// <param name="Completed">How much of it is done.</param>
/// <param name="Total">How much there is to do; 0 where that is not known.</param>
/// <param name="Amount">Both in words; empty where nothing is counted.</param>
internal readonly record struct ProgressStep(string Text, long Completed = 0, long Total = 0, string Amount = "")
{
    /// <summary>A step that counts things.</summary>
    /// <param name="text">What it is doing.</param>
    /// <param name="completed">How many are done.</param>
    /// <param name="total">How many there are; 0 where that is not known.</param>
    /// <param name="noun">What is counted.</param>
    public static ProgressStep Count(string text, long completed, long total, string noun) =>
        new(
            text,
            completed,
            total,
            total > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{completed:N0} of {ReadableText.Count(total, noun)}")
                : ReadableText.Count(completed, noun)
        );

    /// <summary>A step that goes through bytes.</summary>
    public static ProgressStep Bytes(string text, long completed, long total) =>
        new(text, completed, total, $"{ReadableText.Size(completed)} of {ReadableText.Size(total)}");
}
