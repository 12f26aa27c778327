namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The exception that a provider throws within a migration that must not run as things are. When the run is undone, the
/// engine converts it to a <see cref="PlanRefusedException"/>.
/// </summary>
public sealed class RefusedStepException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="version">The migration.</param>
    /// <param name="reason">Why, as a sentence that begins with what the migration does, and ends with what to do.</param>
    /// <param name="cause">The underlying error.</param>
    public RefusedStepException(string version, string reason, Exception? cause = null)
        : base(reason, cause) => Version = version;

    /// <summary>The migration.</summary>
    public string Version { get; }
}
