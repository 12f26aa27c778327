namespace RagStudio.Data.Cli;

/// <summary>
/// A part of a report, or the reason why it could not be read: a report with a gap is better than none.
/// </summary>
/// <param name="Value">The part; <see langword="null"/> if it could not be read.</param>
/// <param name="Reason">The reason why it could not be read.</param>
internal sealed record Readable<T>(T? Value, string Reason = "")
    where T : class;
