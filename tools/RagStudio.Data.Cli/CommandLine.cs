using System.CommandLine;
using System.CommandLine.Invocation;

namespace RagStudio.Data.Cli;

/// <summary>The one entry to the tool.</summary>
internal static class CommandLine
{
    // A folder may be named @notes: no argument is a file of arguments.
    public static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command line to its end.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="environment">What it runs in.</param>
    /// <param name="cancellationToken">Stops the command; it then puts back what it must and ends with <see cref="ExitCode.Cancelled"/>.</param>
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

        new CommandOutput(environment, options.ReadStyle(parsed)).Fail(UsageErrors.Of(parsed));
        return (int)ExitCode.Usage;
    }

    private static InvocationConfiguration Invocation(CliEnvironment environment) =>
        new()
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            // Signals come in by the token. The library would end the process two seconds later, in the middle of a restore.
            ProcessTerminationTimeout = null,
        };
}
