using System.CommandLine;
using System.CommandLine.Parsing;

namespace RagStudio.Data.Cli;

/// <summary>Describes what is wrong with an invalid command line.</summary>
internal static class UsageErrors
{
    /// <summary>Describes in one line what is wrong and where to look.</summary>
    /// <param name="parsed">A command line with errors.</param>
    public static Failure ToFailure(ParseResult parsed) =>
        new(ExitCode.Usage, $"{Describe(parsed)} Try 'ragstudio-db {PathTo(parsed.CommandResult)}--help'.");

    private static string Describe(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var kind = unknown.StartsWith('-') ? "option" : "command or argument";
            return $"unknown {kind} '{unknown}'.{Guess(unknown, parsed)}";
        }

        return parsed.CommandResult.Command.Action is null ? "a command is missing." : parsed.Errors[0].Message;
    }

    private static string Guess(string unknown, ParseResult parsed) =>
        Suggestions.For(unknown, parsed.CommandResult.Command) is { } meant ? $" Did you mean '{meant}'?" : "";

    // The root is the program itself, and its name is already there.
    private static string PathTo(SymbolResult? result) =>
        result is CommandResult { Parent: CommandResult parent } command
            ? $"{PathTo(parent)}{command.Command.Name} "
            : "";
}
