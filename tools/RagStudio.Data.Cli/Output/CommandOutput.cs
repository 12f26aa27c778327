using System.Collections.Concurrent;

namespace RagStudio.Data.Cli;

/// <summary>
/// Prints the output of a command: its result on standard output, as text or as JSON, everything else on
/// standard error.
/// </summary>
/// <param name="environment">Supplies the two writers.</param>
/// <param name="style">The output style.</param>
internal sealed class CommandOutput(CliEnvironment environment, OutputStyle style)
{
    private readonly ConcurrentQueue<string> _held = new();
    private readonly Lock _lines = new();
    private volatile bool _barIsShown;

    /// <summary>True if the result is shown as text.</summary>
    public bool ShowsText => !style.Json && !style.Quiet;

    /// <summary>Prints a command's result. Call it once per command.</summary>
    /// <param name="document">The result for programs.</param>
    /// <param name="show">Shows the result to the user.</param>
    public void Write(object document, Action<IDisplay> show)
    {
        if (style.Json)
        {
            JsonOutput.Write(environment.Out, document);
        }
        else if (ShowsText)
        {
            show(Display());
        }
    }

    /// <summary>
    /// Warns the user of something that did not stop the command; printed after the progress bar, if there is
    /// one.
    /// </summary>
    /// <param name="text">The message.</param>
    /// <param name="word">Its severity.</param>
    public void Warn(string text, string word = "warning")
    {
        if (style.Quiet)
        {
            return;
        }

        if (_barIsShown)
        {
            _held.Enqueue(LineOf(word, text));
        }
        else
        {
            WriteLine(LineOf(word, text));
        }
    }

    /// <summary>Reports one of several errors that together make up a failure.</summary>
    public void Error(string text) => WriteLine(LineOf("error", text));

    /// <summary>Reports a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="error">The exception that caused it, if any.</param>
    /// <param name="document">Its JSON, if that has its own format.</param>
    public void Fail(Failure failure, Exception? error = null, object? document = null)
    {
        Error(failure.Message);
        if (environment.Debug && error is not null)
        {
            WriteLine(NeutralText.Lines(failure.HidesCause ? TypesAndStack(error) : error.ToString()));
        }

        if (style.Json)
        {
            JsonOutput.Write(environment.Out, document ?? new ErrorDocument(failure.Message, (int)failure.ExitCode));
        }
    }

    /// <summary>
    /// Shows the progress of some work: a bar on a terminal, otherwise a line from time to time, unless a
    /// program reads the result.
    /// </summary>
    /// <param name="work">
    /// The work, which receives the progress to report to; <see langword="null"/> if none is shown.
    /// </param>
    /// <returns>The result of the work.</returns>
    public Task<T> WithProgressAsync<T>(Func<IProgress<ProgressStep>?, Task<T>> work) =>
        environment.ErrorIsTerminal && !style.Quiet ? WithBarAsync(work)
        : ShowsText ? WithLinesAsync(work)
        : work(null);

    private async Task<T> WithLinesAsync<T>(Func<IProgress<ProgressStep>?, Task<T>> work)
    {
        await using var lines = new ProgressLines(line => WriteLine(NeutralText.OneLine(line)), environment.Clock);
        return await work(lines);
    }

    private async Task<T> WithBarAsync<T>(Func<IProgress<ProgressStep>?, Task<T>> work)
    {
        _barIsShown = true;
        try
        {
            return await ProgressBar.RunAsync(AnsiConsoles.Create(environment.Error, environment.NoColor), work);
        }
        finally
        {
            _barIsShown = false;
            ReleaseHeld();
        }
    }

    private void ReleaseHeld()
    {
        while (_held.TryDequeue(out var line))
        {
            WriteLine(line);
        }
    }

    /// <summary>Synchronized, because progress and warnings come from different threads.</summary>
    private void WriteLine(string line)
    {
        lock (_lines)
        {
            environment.Error.WriteLine(line);
        }
    }

    private IDisplay Display() =>
        environment.OutIsTerminal
            ? new TerminalDisplay(AnsiConsoles.Create(environment.Out, environment.NoColor))
            : new PlainDisplay(environment.Out);

    /// <summary>Omits the message of an exception, which may quote a value of a row.</summary>
    private static string TypesAndStack(Exception error)
    {
        var lines = new List<string>();
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            lines.Add($"{cause.GetType()}{Environment.NewLine}{cause.StackTrace}");
        }
        return string.Join(Environment.NewLine, lines);
    }

    private static string LineOf(string word, string text) => NeutralText.OneLine($"{word}: {text}");
}
