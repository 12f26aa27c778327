using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>The environment of a command line, which tests replace with their own writers and variables.</summary>
/// <param name="Out">Receives results.</param>
/// <param name="Error">Receives errors, warnings and progress.</param>
/// <param name="CurrentDirectory">The base folder of relative paths.</param>
/// <param name="Variable">Reads an environment variable; <see langword="null"/> if it is not set.</param>
/// <param name="OutIsTerminal">True if <paramref name="Out"/> is a terminal.</param>
/// <param name="ErrorIsTerminal">True if <paramref name="Error"/> is a terminal.</param>
/// <param name="Answers">Reads the user's answers; <see langword="null"/> if no one can be asked.</param>
/// <param name="Time">The clock; <see langword="null"/> for the system's.</param>
internal sealed record CliEnvironment(
    TextWriter Out,
    TextWriter Error,
    string CurrentDirectory,
    Func<string, string?> Variable,
    bool OutIsTerminal = false,
    bool ErrorIsTerminal = false,
    TextReader? Answers = null,
    TimeProvider? Time = null
)
{
    private const string DebugVariable = "RAGSTUDIO_DEBUG";
    private const string NoColorVariable = "NO_COLOR";

    /// <summary>The clock.</summary>
    public TimeProvider Clock => Time ?? TimeProvider.System;

    /// <summary>True if stack traces and the full log are wanted, for developers of the tool.</summary>
    public bool Debug => Variable(DebugVariable) is "1" or "true";

    /// <summary>True if the user wants no colors (https://no-color.org).</summary>
    public bool NoColor => !string.IsNullOrEmpty(Variable(NoColorVariable));

    /// <summary>Creates the environment of this process. From then on, only the tool writes to its output.</summary>
    public static CliEnvironment OfProcess()
    {
        CliEnvironment environment = new(
            Console.IsOutputRedirected ? Utf8(Console.OpenStandardOutput()) : Console.Out,
            Console.IsErrorRedirected ? Utf8(Console.OpenStandardError()) : Console.Error,
            Directory.GetCurrentDirectory(),
            Environment.GetEnvironmentVariable,
            OutIsTerminal: !Console.IsOutputRedirected,
            ErrorIsTerminal: !Console.IsErrorRedirected,
            // Prompts go to the error stream; if that is redirected, the user would not see them.
            Answers: Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In
        );
        // Output of a loaded application is not a result.
        Console.SetOut(Console.Error);
        return environment;
    }

    // Readers of a pipe expect UTF-8, whatever the console's code page is.
    private static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };
}
