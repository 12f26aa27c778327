using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the state of the databases.</summary>
internal static class StatusView
{
    private static readonly string[] Columns = ["Database", "Version", "Applied", "Pending"];

    /// <param name="display">Shows it.</param>
    /// <param name="status">The state.</param>
    /// <param name="absent">
    /// A description of where databases are missing; <see langword="null"/> if there is one.
    /// </param>
    /// <param name="onServers">The names of the databases that are not files.</param>
    public static void Show(IDisplay display, MigrationStatus status, string? absent, IReadOnlySet<string> onServers)
    {
        var (verdict, tone) =
            absent is null || status.Verdict != MigrationVerdict.Empty
                ? Describe(status)
                : ($"There is no database {absent}. {WhoCreates(status, onServers)}", Tone.Attention);
        display.Line(verdict, tone);
        display.Table(new TableContent(Columns, status.Databases.Select(Row)));
        foreach (var database in status.Databases)
        {
            display.Line(
                $"{database.Name} {Place(database.Path, onServers.Contains(database.Name), exists: absent is null)}"
            );
            if (database.MovedTo is { } destination)
            {
                display.Line($"moved: {database.Name} was {destination}");
            }
            ShowVersions(display, $"pending in {database.Name}", database.Pending);
            ShowVersions(display, $"unknown in {database.Name}", database.Unknown);
            ShowDrift(display, database);
        }
        if (status.LastMigrationTime is { } time)
        {
            display.Line($"Last migration: {ReadableText.Time(time)}");
        }
    }

    /// <summary>Describes the state of all databases in a sentence.</summary>
    public static (string Verdict, Tone Tone) Describe(MigrationStatus status) =>
        status.Verdict switch
        {
            MigrationVerdict.UpToDate => ("Every database is up to date.", Tone.Good),
            MigrationVerdict.Empty => ("No migration is applied yet. Run 'ragstudio-db migrate'.", Tone.Attention),
            MigrationVerdict.Pending => ($"{Pending(status)} pending. Run 'ragstudio-db migrate'.", Tone.Attention),
            MigrationVerdict.OutOfOrder => ("A pending migration is older than an applied one.", Tone.Bad),
            MigrationVerdict.Drifted => ("A database differs from what its applied migrations create.", Tone.Bad),
            MigrationVerdict.Newer => ("A database was written by a newer program. Install that version.", Tone.Bad),
            MigrationVerdict.Interrupted => (
                "A run was interrupted. 'ragstudio-db recover' or the next 'migrate' recovers from it.",
                Tone.Bad
            ),
            MigrationVerdict.Moved => (
                "The data has moved to another database, which is used instead.",
                Tone.Attention
            ),
            _ => (status.Verdict.ToString(), Tone.Bad),
        };

    private static string WhoCreates(MigrationStatus status, IReadOnlySet<string> onServers) =>
        status.Databases.All(database => onServers.Contains(database.Name))
            ? "Create it on the server, or check the connection string."
            : "'ragstudio-db migrate' would create it.";

    private static string Place(string path, bool isOnServer, bool exists) =>
        (isOnServer, isOnServer ? exists : File.Exists(path)) switch
        {
            (true, true) => $"is on the server: {path}",
            (true, false) => $"would be on the server: {path}",
            (false, true) => $"is in {path}",
            (false, false) => $"would be in {path}, where there is no file",
        };

    private static string Pending(MigrationStatus status)
    {
        var count = status.Databases.Sum(database => database.Pending.Count);
        return ReadableText.Count(count, "migration") + (count == 1 ? " is" : " are");
    }

    private static void ShowVersions(IDisplay display, string what, IReadOnlyList<string> versions)
    {
        foreach (var version in versions)
        {
            display.Line($"{what}: {version}");
        }
    }

    private static void ShowDrift(IDisplay display, DatabaseStatus database)
    {
        foreach (var sentence in database.Drift)
        {
            display.Line($"drift in {database.Name}: {sentence}");
        }
    }

    private static string[] Row(DatabaseStatus database) =>
        [database.Name, database.CurrentVersion ?? "-", $"{database.Applied.Count}", $"{database.Pending.Count}"];
}
