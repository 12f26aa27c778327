namespace RagStudio.Data.Cli;

/// <summary>Asks before something that loses or replaces data.</summary>
/// <param name="environment">Where the question is shown and the answer is read.</param>
/// <param name="quiet">Whether nothing but errors may be shown, so that nobody can be asked.</param>
/// <param name="assumeYes">Whether the user has said yes already.</param>
internal sealed class Confirmation(CliEnvironment environment, bool quiet, bool assumeYes)
{
    /// <summary>Returns when the user has agreed.</summary>
    /// <param name="describe">Says what is going to happen, a line each; nothing where there is nothing to agree to.</param>
    /// <param name="cancellationToken">Stops the waiting for the answer.</param>
    /// <exception cref="CommandException">Nobody can be asked, or the answer was not yes; nothing was changed.</exception>
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
        // A console's reading cannot be stopped; Ctrl-C leaves it waiting on a thread that ends with the process.
        var answer = await Task.Run(answers.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
