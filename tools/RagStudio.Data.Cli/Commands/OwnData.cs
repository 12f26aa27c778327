using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>Guards commands for RAG Studio's own data that work on a file.</summary>
internal static class OwnData
{
    /// <exception cref="CommandException">Another application was named.</exception>
    public static void Demand(CommandContext context, string command)
    {
        if (context.Settings.Application is not null)
        {
            throw CommandException.Usage($"'{command}' works on RAG Studio's databases only: omit --assembly.");
        }
    }

    /// <returns>The path as the user gave it, and the full one.</returns>
    /// <exception cref="CommandException">It is empty.</exception>
    public static (string Given, string Path) FileOf(CommandContext context, Option<string> option)
    {
        var given = context.Parsed.GetRequiredValue(option);
        return string.IsNullOrWhiteSpace(given)
            ? throw CommandException.Usage($"{option.Name} is empty: name a file.")
            : (given, Path.GetFullPath(given, context.Environment.CurrentDirectory));
    }
}
