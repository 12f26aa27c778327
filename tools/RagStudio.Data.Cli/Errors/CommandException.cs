namespace RagStudio.Data.Cli;

/// <summary>Thrown when a command cannot do what was asked, for a reason that its user can act on.</summary>
/// <param name="exitCode">The process's exit code.</param>
/// <param name="message">What happened and what to do, in one line.</param>
/// <param name="cause">The original error.</param>
internal sealed class CommandException(ExitCode exitCode, string message, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The process's exit code.</summary>
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>Reports a command, an option or a path that cannot be used.</summary>
    public static CommandException Usage(string message, Exception? cause = null) =>
        new(ExitCode.Usage, message, cause);
}
