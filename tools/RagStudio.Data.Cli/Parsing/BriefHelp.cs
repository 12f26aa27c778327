using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RagStudio.Data.Cli;

/// <summary>
/// The help of a command, with only the first sentence for each of its subcommands: the rest is in the
/// subcommand's own help.
/// </summary>
/// <param name="help">Writes the help.</param>
internal sealed class BriefHelp(HelpAction help) : SynchronousCommandLineAction
{
    // The text after a colon is detail too.
    private static readonly string[] Ends = [". ", ": "];

    /// <summary>Adds this help to a command line.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new BriefHelp((HelpAction)option.Action!);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        foreach (var command in parseResult.CommandResult.Command.Subcommands)
        {
            command.Description = FirstSentence(command.Description ?? "");
        }
        return help.Invoke(parseResult);
    }

    private static string FirstSentence(string description)
    {
        var text = string.Join(' ', description.ReplaceLineEndings("\n").Split("\n\n")[0].Split('\n'));
        var end = Ends.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).Where(at => at > 0).ToArray();
        return end.Length == 0 ? text : text[..end.Min()] + '.';
    }
}
