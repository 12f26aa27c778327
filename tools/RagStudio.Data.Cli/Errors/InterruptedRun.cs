using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Cli;

/// <summary>Refuses to work on databases with an interrupted run.</summary>
internal static class InterruptedRun
{
    private const string Journal = ".run-journal";

    /// <summary>
    /// Attributes of a missing file. A folder and a dangling link have others: they are damaged journals.
    /// </summary>
    private const FileAttributes Nothing = (FileAttributes)(-1);

    public static CommandException Refusal(string recover = "recover") =>
        new(
            ExitCode.Pending,
            $"an earlier run was interrupted. Nothing was changed. Run 'ragstudio-db {recover}' first."
        );

    /// <summary>
    /// Throws if a run on a different selection of databases was interrupted: this run would not recover it,
    /// and its own changes would be lost when that one is recovered later.
    /// </summary>
    /// <exception cref="CommandException">There is one; nothing was changed.</exception>
    public static void DemandNoneElsewhere(CommandContext context)
    {
        if (context.Application is { } application)
        {
            DemandNoneOfOtherContexts(application);
        }
        else if (context.Settings.Connection is null && !DataServices.AreInOneFile(context.Settings))
        {
            DemandNoneOfOtherDatabases(context.Settings);
        }
    }

    private static void DemandNoneOfOtherContexts(Application application)
    {
        if (ForeignJournals.Find(application) is { } journal)
        {
            throw new CommandException(
                ExitCode.Pending,
                $"a run on a different set of contexts was interrupted; its journal is '{journal}'. Nothing was changed. Run 'ragstudio-db recover' with the --context options of that run first."
            );
        }
    }

    private static void DemandNoneOfOtherDatabases(CliSettings settings)
    {
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
        new FileInfo(FileIdentity.Resolve(Path.Combine(settings.DataDirectory, database + ".db")) + Journal).Attributes
        != Nothing;
}
