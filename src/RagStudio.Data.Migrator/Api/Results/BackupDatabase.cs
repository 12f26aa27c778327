using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator;

/// <summary>One database in a backup set.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="File">
/// The copy's file name within the set's folder; <see langword="null"/> where the database did not exist, which is
/// then what a restore brings back. Databases that share a file share its copy.
/// </param>
/// <param name="MigrationId">The newest applied migration; <see langword="null"/> where there was none.</param>
/// <param name="Bytes">The copy's size.</param>
/// <param name="Pages">The copy's pages.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the copy's file.</param>
/// <param name="Rows">The number of rows of each table of the copy's file; <see langword="null"/> where there is no copy.</param>
/// <param name="Check">What the check of the copy said: <see cref="CheckPassed"/>, or what is wrong.</param>
public sealed record BackupDatabase(
    string Name,
    string? File,
    string? MigrationId,
    long Bytes,
    long Pages,
    string? Sha256,
    IReadOnlyDictionary<string, long>? Rows,
    string? Check
)
{
    /// <summary>The <see cref="Check"/> of a copy without a fault.</summary>
    public const string CheckPassed = "ok";

    /// <summary>
    /// Where the file was that it is a copy of: with <see cref="RelativePath"/> it tells whose copy it is. <see langword="null"/> in sets of earlier versions,
    /// which told it by <see cref="Name"/> alone.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    /// <summary>The same from the set's folder, with <c>/</c> between its parts: a folder that is moved together with its backups keeps them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RelativePath { get; init; }

    /// <summary>
    /// What the copy carries as its database had it, or what nobody could check: broken constraints, the content of a virtual table, an index with
    /// an unknown collation. It keeps nobody from restoring the copy.
    /// </summary>
    /// <value><see langword="null"/> where there is nothing of the kind.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }
}
