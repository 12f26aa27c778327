using Spectre.Console;

namespace RagStudio.Data.Cli;

/// <summary>Makes a console of the writer of a terminal.</summary>
internal static class AnsiConsoles
{
    public static IAnsiConsole Create(TextWriter writer, bool noColor)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (noColor)
        {
            settings.ColorSystem = ColorSystemSupport.NoColors;
        }

        return AnsiConsole.Create(settings);
    }
}
