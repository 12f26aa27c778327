using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>Runs what a command does, and tells its errors.</summary>
/// <param name="options">The options of all commands.</param>
/// <param name="environment">What the command line runs in.</param>
internal sealed class CommandRunner(GlobalOptions options, CliEnvironment environment)
{
    private static readonly TimeSpan ReadingWait = TimeSpan.FromSeconds(1);

    /// <summary>Ties a command to what it does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">What it does; throws when it cannot.</param>
    /// <param name="failureDocument">Makes its JSON of a failure, where that has a form of its own.</param>
    /// <returns>The command.</returns>
    public Command Tie(
        Command command,
        Func<CommandContext, CancellationToken, Task<ExitCode>> work,
        Func<Exception, Failure, object>? failureDocument = null
    )
    {
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, work, failureDocument, cancellationToken));
        return command;
    }

    /// <summary>Ties a command that only reads, and so waits for nobody who holds a database.</summary>
    /// <inheritdoc cref="Tie"/>
    public Command TieReading(Command command, Func<CommandContext, CancellationToken, Task<ExitCode>> work) =>
        Tie(
            command,
            (context, cancellationToken) =>
            {
                context.Configure(options =>
                    options.LockTimeout = options.LockTimeout < ReadingWait ? options.LockTimeout : ReadingWait
                );
                return work(context, cancellationToken);
            }
        );

    private async Task<int> RunAsync(
        ParseResult parsed,
        Func<CommandContext, CancellationToken, Task<ExitCode>> work,
        Func<Exception, Failure, object>? failureDocument,
        CancellationToken cancellationToken
    )
    {
        var output = new CommandOutput(environment, options.ReadStyle(parsed));
        try
        {
            var settings = options.Read(parsed, environment);
            var confirmation = options.ReadConfirmation(parsed, environment);
            await using var context = new CommandContext(
                parsed,
                settings,
                environment,
                output,
                confirmation,
                cancellationToken
            );
            return (int)await work(context, cancellationToken);
        }
        // The last resort of the process: every error ends here, as one line and one exit code.
        catch (Exception error)
        {
            var failure = Failure.Of(error, cancellationToken.IsCancellationRequested);
            output.Fail(failure, error, failureDocument?.Invoke(error, failure));
            return (int)failure.ExitCode;
        }
    }
}
