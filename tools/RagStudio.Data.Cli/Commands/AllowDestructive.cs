using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>The option by which a person agrees to the loss of data.</summary>
internal static class AllowDestructive
{
    public static Option<bool> Create(string description) => new("--allow-destructive") { Description = description };

    /// <summary>Sets the migrator's option where the command line has the consent.</summary>
    public static void Apply(CommandContext context, Option<bool> option)
    {
        if (context.Parsed.GetValue(option))
        {
            context.Configure(options => options.AllowDestructive = true);
        }
    }
}
