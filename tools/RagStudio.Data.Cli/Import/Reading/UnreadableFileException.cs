namespace RagStudio.Data.Cli;

/// <summary>A file cannot be taken as text.</summary>
/// <param name="reason">Why not, as a clause.</param>
/// <param name="cause">What led to it.</param>
internal sealed class UnreadableFileException(string reason, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>Why not, as a clause.</summary>
    public string Reason { get; } = reason;
}
