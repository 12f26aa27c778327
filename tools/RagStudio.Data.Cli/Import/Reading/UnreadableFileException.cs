namespace RagStudio.Data.Cli;

/// <summary>Thrown when a file cannot be read as text.</summary>
/// <param name="reason">The reason, as a clause.</param>
/// <param name="cause">The original error.</param>
internal sealed class UnreadableFileException(string reason, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>The reason, as a clause.</summary>
    public string Reason { get; } = reason;
}
