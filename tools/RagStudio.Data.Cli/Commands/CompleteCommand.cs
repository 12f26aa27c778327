using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary><c>complete</c>, which the scripts of <c>completion</c> call.</summary>
internal static class CompleteCommand
{
    private const string Description = """
        Print the possible completions of a partial command line, one per line.

        Example:
          ragstudio-db complete "ragstudio-db backup "
        """;

    public static Command Create(CommandRunner runner, TextWriter output)
    {
        var line = new Argument<string>("line") { Description = "The command line up to the cursor." };
        var command = new Command("complete", Description) { line };
        command.Hidden = true;
        return runner.Attach(
            command,
            async (context, _) =>
            {
                foreach (
                    var word in WordsFor(
                        context.Parsed.GetRequiredValue(line),
                        context.Parsed.RootCommandResult.Command
                    )
                )
                {
                    await output.WriteLineAsync(NeutralText.OneLine(word));
                }

                return ExitCode.Done;
            }
        );
    }

    private static IEnumerable<string> WordsFor(string line, Command root) =>
        root.Parse(line, CommandLine.Parsing)
            .GetCompletions(line.Length)
            .Select(item => item.Label)
            // Help has three more spellings, which are not worth suggesting.
            .Where(word => word is not ("-?" or "/?" or "/h" or "-h"))
            .Distinct();
}
