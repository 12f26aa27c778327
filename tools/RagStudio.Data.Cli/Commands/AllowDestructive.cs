using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>The option that consents to the loss of data.</summary>
internal static class AllowDestructive
{
    public static Option<bool> Create(string description) => new("--allow-destructive") { Description = description };

    /// <summary>Sets the migrator's option if the command line gives consent.</summary>
    public static void Apply(CommandContext context, Option<bool> option)
    {
        if (context.Parsed.GetValue(option))
        {
            context.Configure(options => options.AllowDestructive = true);
        }
    }
}
