using System.CommandLine;
using System.CommandLine.Invocation;

namespace RagStudio.Data.Cli;

/// <summary>The entry point of the tool.</summary>
internal static class CommandLine
{
    // A folder may be named @notes, so arguments are never response files.
    public static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="cancellationToken">
    /// Stops the command, which then undoes its changes and ends with <see cref="ExitCode.Cancelled"/>.
    /// </param>
    /// <returns>The process's exit code, an <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        CliEnvironment environment,
        CancellationToken cancellationToken
    )
    {
        var options = new GlobalOptions();
        var root = RootCommands.Create(options, new CommandRunner(options, environment), environment.Out);
        var parsed = root.Parse(args, Parsing);
        if (parsed.Action is not ParseErrorAction)
        {
            return await parsed.InvokeAsync(Invocation(environment), cancellationToken);
        }

        new CommandOutput(environment, options.ReadStyle(parsed)).Fail(UsageErrors.ToFailure(parsed));
        return (int)ExitCode.Usage;
    }

    private static InvocationConfiguration Invocation(CliEnvironment environment) =>
        new()
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            // Signals arrive through the token. The library would end the process after two seconds, in the
            // middle of a restore.
            ProcessTerminationTimeout = null,
        };
}
