using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>What a command line runs in. Tests put writers and variables of their own in its place.</summary>
/// <param name="Out">Takes results.</param>
/// <param name="Error">Takes errors, warnings and progress.</param>
/// <param name="CurrentDirectory">Where relative paths start.</param>
/// <param name="Variable">Reads an environment variable; <see langword="null"/> where it is not set.</param>
/// <param name="OutIsTerminal">Whether a person watches <paramref name="Out"/>.</param>
/// <param name="ErrorIsTerminal">Whether a person watches <paramref name="Error"/>.</param>
/// <param name="Answers">Where a person answers questions; <see langword="null"/> where nobody can.</param>
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

    /// <summary>Whether the developer of the tool wants stack traces and the whole log.</summary>
    public bool Debug => Variable(DebugVariable) is "1" or "true";

    /// <summary>Whether the user wants no colours (https://no-color.org).</summary>
    public bool NoColor => !string.IsNullOrEmpty(Variable(NoColorVariable));

    /// <summary>The environment of this process, whose output is from now on only the tool's.</summary>
    public static CliEnvironment OfProcess()
    {
        CliEnvironment environment = new(
            Console.IsOutputRedirected ? Utf8(Console.OpenStandardOutput()) : Console.Out,
            Console.IsErrorRedirected ? Utf8(Console.OpenStandardError()) : Console.Error,
            Directory.GetCurrentDirectory(),
            Environment.GetEnvironmentVariable,
            OutIsTerminal: !Console.IsOutputRedirected,
            ErrorIsTerminal: !Console.IsErrorRedirected,
            // Questions are asked on the error stream: without it they would wait unseen.
            Answers: Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In
        );
        // What an application prints that is loaded is no result.
        Console.SetOut(Console.Error);
        return environment;
    }

    // Whoever reads a pipe expects UTF-8, whatever the console's code page is.
    private static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };
}
