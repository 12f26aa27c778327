using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>Runs the action of a command and reports its errors.</summary>
/// <param name="options">The options of all commands.</param>
/// <param name="environment">The environment of the command line.</param>
internal sealed class CommandRunner(GlobalOptions options, CliEnvironment environment)
{
    private static readonly TimeSpan ReadingWait = TimeSpan.FromSeconds(1);

    /// <summary>Attaches an action to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">The action, which throws if it fails.</param>
    /// <param name="failureDocument">Creates the JSON of a failure, if that has its own format.</param>
    /// <returns>The command.</returns>
    public Command Attach(
        Command command,
        Func<CommandContext, CancellationToken, Task<ExitCode>> work,
        Func<Exception, Failure, object>? failureDocument = null
    )
    {
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, work, failureDocument, cancellationToken));
        return command;
    }

    /// <summary>Attaches an action that only reads, so it never waits for a lock.</summary>
    /// <inheritdoc cref="Attach"/>
    public Command AttachReading(Command command, Func<CommandContext, CancellationToken, Task<ExitCode>> work) =>
        Attach(
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
        // The process's last resort: every error ends here, as a single line and an exit code.
        catch (Exception error)
        {
            var failure = Failure.From(error, cancellationToken.IsCancellationRequested);
            output.Fail(failure, error, failureDocument?.Invoke(error, failure));
            return (int)failure.ExitCode;
        }
    }
}
