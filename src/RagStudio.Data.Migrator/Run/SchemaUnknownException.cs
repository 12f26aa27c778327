namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// Thrown when a database's expected schema cannot be determined; the validation turns it into a warning.
/// </summary>
internal sealed class SchemaUnknownException(string reason, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>True if migrations cannot be replayed here at all, as opposed to some that cannot be.</summary>
    public bool IsWithoutReplay =>
        InnerException is NotSupportedException or SchemaUnknownException { IsWithoutReplay: true };
}
