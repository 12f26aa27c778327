using Spectre.Console;

namespace RagStudio.Data.Cli;

/// <summary>A bar at the terminal while a command works; gone when it is done.</summary>
internal static class ProgressBar
{
    /// <summary>Shows the bar for as long as some work lasts.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="work">The work; told whom to report to.</param>
    /// <returns>What the work returns.</returns>
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
