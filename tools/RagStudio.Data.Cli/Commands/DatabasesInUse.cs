using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Guards commands that work on the content of both databases.</summary>
internal static class DatabasesInUse
{
    /// <summary>Throws unless both databases exist and have the schema that this program uses.</summary>
    /// <exception cref="CommandException">They do not; nothing was changed.</exception>
    public static async Task DemandAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Settings.Database is not null)
        {
            throw CommandException.Usage("this command works on both databases: omit --database.");
        }

        var status = await context.Output.WithProgressAsync(bar =>
            context.Manager.GetStatusAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        if (await AbsentDatabases.FindPlaceAsync(context, cancellationToken) is { } place)
        {
            throw new CommandException(
                ExitCode.Pending,
                $"there is no database {place}. Nothing was changed. Check --data-dir or --connection. Run 'ragstudio-db migrate' first."
            );
        }

        if (status.Databases.FirstOrDefault(database => database.MovedTo is not null) is { } moved)
        {
            throw new CommandException(
                ExitCode.Newer,
                $"the data of {moved.Name} has moved: {moved.MovedTo}. Nothing was changed. Use the database that has it now."
            );
        }

        Demand(status.Verdict, context.Place);
    }

    private static void Demand(MigrationVerdict verdict, string place)
    {
        if (verdict is MigrationVerdict.UpToDate)
        {
            return;
        }

        throw verdict switch
        {
            MigrationVerdict.Newer => new CommandException(
                ExitCode.Newer,
                $"a database in {place} was written by a newer program. Nothing was changed. Install that version."
            ),
            MigrationVerdict.Drifted => new CommandException(
                ExitCode.Drifted,
                $"a database in {place} differs from what its applied migrations create. Nothing was changed. 'ragstudio-db status' shows the differences."
            ),
            MigrationVerdict.OutOfOrder => new CommandException(
                ExitCode.Refused,
                $"a pending migration of a database in {place} is older than an applied one. Nothing was changed."
            ),
            MigrationVerdict.Interrupted => InterruptedRun.Refusal(),
            _ => new CommandException(
                ExitCode.Pending,
                $"the databases in {place} are not migrated. Nothing was changed. Run 'ragstudio-db migrate' first."
            ),
        };
    }
}
