namespace RagStudio.Data;

/// <summary>
/// Thrown when a transaction over two databases was committed in the first, but not in the second.
/// </summary>
public sealed class PartialCommitException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PartialCommitException(string committed, string failed, Exception innerException)
        : base(
            $"The transaction is committed in {committed}, but not in {failed}: {innerException.Message} "
                + $"Write what is missing in {failed} again.",
            innerException
        )
    {
        (Committed, Failed) = (committed, failed);
    }

    /// <summary>The database that was committed: <c>app_meta</c> or <c>events</c>.</summary>
    public string Committed { get; }

    /// <summary>The other database.</summary>
    public string Failed { get; }
}
