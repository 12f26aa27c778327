using System.Collections.Concurrent;

namespace RagStudio.Data.Cli;

/// <summary>
/// All that a command prints: its result on standard output, as text or as JSON, everything else on standard error.
/// </summary>
/// <param name="environment">Has the two writers.</param>
/// <param name="style">How to print.</param>
internal sealed class CommandOutput(CliEnvironment environment, OutputStyle style)
{
    private readonly ConcurrentQueue<string> _held = new();
    private readonly Lock _lines = new();
    private volatile bool _barIsShown;

    /// <summary>Whether the result is shown to people.</summary>
    public bool ShowsText => !style.Json && !style.Quiet;

    /// <summary>Prints a command's result, which a command does once.</summary>
    /// <param name="document">The result for programs.</param>
    /// <param name="show">Shows the result to people.</param>
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

    /// <summary>Tells people of something that did not stop the command; after the progress bar where one is shown.</summary>
    /// <param name="text">What it is.</param>
    /// <param name="word">How grave it is.</param>
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

    /// <summary>Reports one of several errors that end in one failure.</summary>
    public void Error(string text) => WriteLine(LineOf("error", text));

    /// <summary>Reports a failure.</summary>
    /// <param name="failure">What to report.</param>
    /// <param name="error">What led to it, where it was thrown.</param>
    /// <param name="document">The JSON of it, where that has a form of its own.</param>
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

    /// <summary>Shows how far some work is: a bar at a terminal, else a line now and then, unless a program reads the result.</summary>
    /// <param name="work">The work; told whom to report to, or <see langword="null"/> where nobody watches.</param>
    /// <returns>What the work returns.</returns>
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

    /// <summary>Progress comes from other threads than warnings.</summary>
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

    /// <summary>What an error says of itself may quote a value of a row.</summary>
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
