namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The exception that a provider throws if a storage cannot be copied for a rehearsal as things are. A run that is undone
/// by its transaction goes on without the rehearsal, and tells the reason.
/// </summary>
public sealed class NoScratchException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why, and what to do about it, as a sentence.</param>
    /// <param name="cause">The original exception.</param>
    public NoScratchException(string reason, Exception? cause = null)
        : base(reason, cause) { }

    /// <summary>True if no run may go on: the database that was given for the rehearsal cannot be it.</summary>
    public bool IsRefusal { get; init; }
}
