namespace RagStudio.Data.Cli;

/// <summary>Something that could be read, or why it could not: a report with a gap is better than none.</summary>
/// <param name="Value">What was read; <see langword="null"/> where it could not be.</param>
/// <param name="Reason">Why it could not be read.</param>
internal sealed record Readable<T>(T? Value, string Reason = "")
    where T : class;
