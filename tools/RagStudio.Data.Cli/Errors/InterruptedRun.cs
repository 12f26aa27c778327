namespace RagStudio.Data.Cli;

/// <summary>Refuses to work on databases in which a run died.</summary>
internal static class InterruptedRun
{
    private const string Journal = ".db.run-journal";

    public static CommandException Refusal(string recover = "recover") =>
        new(
            ExitCode.Pending,
            $"an earlier run was interrupted. Nothing was changed. Run 'ragstudio-db {recover}' first."
        );

    /// <summary>
    /// Makes sure that no run died that was about another choice of databases: this one would not put it back, and what it
    /// changed would be lost when that is put back later.
    /// </summary>
    /// <exception cref="CommandException">There is one; nothing was changed.</exception>
    public static void DemandNoneElsewhere(CliSettings settings)
    {
        if (settings.SingleDatabase || settings.Application is not null)
        {
            return;
        }

        if (settings.Database == DatabaseNames.Events && Exists(DatabaseNames.AppMeta, settings))
        {
            throw Refusal();
        }

        if (settings.Database != DatabaseNames.Events && Exists(DatabaseNames.Events, settings))
        {
            throw Refusal($"recover --database {DatabaseNames.Events}");
        }
    }

    private static bool Exists(string database, CliSettings settings) =>
        File.Exists(Path.Combine(settings.DataDirectory, database + Journal));
}
