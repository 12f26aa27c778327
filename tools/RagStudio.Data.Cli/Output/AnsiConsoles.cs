using Spectre.Console;

namespace RagStudio.Data.Cli;

/// <summary>Creates a console for a terminal's writer.</summary>
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
