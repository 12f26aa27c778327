using Spectre.Console;

namespace RagStudio.Data.Cli;

/// <summary>A progress bar on the terminal while a command works; it disappears at the end.</summary>
internal static class ProgressBar
{
    /// <summary>Shows the bar while some work runs.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="work">The work, which receives the progress to report to.</param>
    /// <returns>The result of the work.</returns>
    public static Task<T> RunAsync<T>(IAnsiConsole console, Func<IProgress<ProgressStep>, Task<T>> work) =>
        console
            .Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn()
            )
            .StartAsync(context =>
            {
                var bar = context.AddTask("Starting");
                return work(new DirectProgress<ProgressStep>(step => Show(bar, step)));
            });

    private static void Show(ProgressTask bar, ProgressStep step)
    {
        bar.Description = Markup.Escape(
            NeutralText.OneLine(step.Amount.Length == 0 ? step.Text : $"{step.Text}, {step.Amount}")
        );
        bar.IsIndeterminate = step.Total <= 0;
        bar.MaxValue = Math.Max(1, step.Total);
        bar.Value = step.Completed;
    }
}
