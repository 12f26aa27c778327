namespace RagStudio.Data.Cli;

/// <summary>Asks for confirmation before data is lost or replaced.</summary>
/// <param name="environment">Shows the question and reads the answer.</param>
/// <param name="quiet">True if only errors may be shown, so no one can be asked.</param>
/// <param name="assumeYes">True if the user has already confirmed.</param>
internal sealed class Confirmation(CliEnvironment environment, bool quiet, bool assumeYes)
{
    /// <summary>Returns when the user has confirmed.</summary>
    /// <param name="describe">
    /// Describes what is going to happen, one line each; empty if nothing needs confirmation.
    /// </param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <exception cref="CommandException">
    /// No one can be asked, or the answer was not yes; nothing was changed.
    /// </exception>
    public async Task DemandAsync(Func<Task<IReadOnlyList<string>>> describe, CancellationToken cancellationToken)
    {
        if (assumeYes)
        {
            return;
        }

        if (environment.Answers is null || quiet)
        {
            throw CommandException.Usage(
                "this needs confirmation, but there is no terminal to prompt on. Nothing was changed. Pass --yes."
            );
        }

        var lines = await describe();
        if (lines.Count > 0 && !await AskAsync(environment.Answers, lines, cancellationToken))
        {
            throw new CommandException(ExitCode.Cancelled, "not confirmed. Nothing was changed.");
        }
    }

    private async Task<bool> AskAsync(
        TextReader answers,
        IReadOnlyList<string> lines,
        CancellationToken cancellationToken
    )
    {
        foreach (var line in lines)
        {
            environment.Error.WriteLine(NeutralText.OneLine(line));
        }

        environment.Error.Write("Continue? [y/N] ");
        // A console read cannot be canceled; Ctrl-C leaves it waiting on a thread that ends with the process.
        var answer = await Task.Run(answers.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
