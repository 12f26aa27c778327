namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>What the opposite of a step has dropped, as the migrator's own table has it, which every role that migrates reads.</summary>
/// <param name="Id">Its number.</param>
/// <param name="RunId">The run.</param>
/// <param name="Content">What was dropped.</param>
/// <param name="Fate">What became of it then.</param>
/// <param name="Reference">The backup that has it.</param>
/// <param name="Place">The path of the dump.</param>
internal sealed record DropRecord(
    long Id,
    string RunId,
    DroppedContent Content,
    DroppedDataFate Fate,
    string? Reference,
    string? Place
)
{
    /// <summary>Where it is, and how it comes back.</summary>
    /// <param name="database">The name of the database on its server.</param>
    public string Describe(string database) =>
        Fate switch
        {
            DroppedDataFate.Kept => "It was kept, and is not there any more.",
            DroppedDataFate.InBackupSet => $"The backup set '{Reference}' has it: {Command(database)}",
            DroppedDataFate.BeforeRestorePoint =>
                $"It is in the server's archive: recover a base backup on another server with recovery_target_name = '{Reference}', and copy it from there.",
            DroppedDataFate.InExternalBackup => $"The external backup '{Reference}' has it.",
            _ => "It was lost by consent, and no backup of the migrator has it.",
        };

    private string Command(string database) =>
        Content.IsTable
            ? $"pg_restore --data-only --schema={Quote(Content.Schema)} --table={Quote(Content.Table)} --dbname={Quote(database)} {Quote(Place!)}"
            : $"ragstudio-db restore {Reference} --backup-dir {Quote(Path.GetDirectoryName(Path.GetDirectoryName(Place))!)} replaces the whole database by that state, and keeps the present one; or createdb copy && pg_restore --dbname=copy {Quote(Place!)}, and copy the values by hand.";

    /// <summary>As a shell of Unix reads it.</summary>
    private static string Quote(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
