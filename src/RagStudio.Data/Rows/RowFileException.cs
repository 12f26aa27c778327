using System.Globalization;

namespace RagStudio.Data;

/// <summary>Thrown when a file of rows cannot be imported; nothing was written. The message contains no content of a row.</summary>
public sealed class RowFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="problem">What is wrong with it, as a sentence.</param>
    public RowFileException(long line, string problem)
        : base(
            string.Create(CultureInfo.InvariantCulture, $"Line {line} of the file: {problem} Nothing was imported.")
        ) => Line = line;

    /// <summary>The line, from 1; the last one for what only shows at the end.</summary>
    public long Line { get; }
}
