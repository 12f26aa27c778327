using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator;

/// <summary>A backup of a whole set of databases: the content of its <c>manifest.json</c>.</summary>
/// <param name="FormatVersion">The version of the manifest's format.</param>
/// <param name="Id">The set's name, which is also its folder's name; sorts by time.</param>
/// <param name="CreatedAt">The time of its creation, UTC.</param>
/// <param name="Reason">The reason for its creation.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="ProgramVersion">The version of the program that made it.</param>
/// <param name="Databases">The databases of the set.</param>
public sealed record BackupSet(
    int FormatVersion,
    string Id,
    DateTimeOffset CreatedAt,
    BackupReason Reason,
    string RunId,
    string ProgramVersion,
    IReadOnlyList<BackupDatabase> Databases
)
{
    /// <summary>
    /// The total size of the copies on disk, in bytes. A file that holds two databases counts once; a
    /// <see cref="BackupKind.Clone"/> counts in full, since a file system does not tell cheaply what it still shares.
    /// </summary>
    [JsonIgnore]
    public long SizeBytes =>
        Databases
            .DistinctBy(database => database.File ?? database.Name)
            .Sum(database => database.CompressedBytes ?? database.Bytes);

    /// <summary>
    /// True if it is what a run keeps within the databases of what its migrations dropped. It comes back when they are
    /// undone, and cannot be restored by itself.
    /// </summary>
    [JsonIgnore]
    public bool IsKept =>
        Databases.All(database => database.File is null) && Databases.Any(one => one.Rows is not null);

    /// <summary>
    /// The backups elsewhere that have what the run could not keep: restore points of the server's archive and external
    /// backups.
    /// </summary>
    /// <value>Empty for copies.</value>
    [JsonIgnore]
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>True if every copy passed its check when it was made.</summary>
    [JsonIgnore]
    public bool Verified =>
        Databases.All(database => database.File is null || database.Check == BackupDatabase.CheckPassed);

    /// <summary>True if no copy is known to be damaged, though a clone may not have been checked.</summary>
    internal bool IsUsable =>
        Databases.All(database =>
            database.File is null || database.Check is BackupDatabase.CheckPassed or BackupDatabase.NotChecked
        );

    /// <summary>
    /// The sets removed by the retention limits when this one was made; empty for a set that was read.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> PrunedBackups { get; init; } = [];

    /// <summary>The copies, one entry per file even if it holds several databases.</summary>
    internal IEnumerable<BackupDatabase> Copies() =>
        Databases.Where(database => database.File is not null).DistinctBy(database => database.File);
}
