using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator;

/// <summary>One database in a backup set.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="File">
/// The copy's file name within the set's folder; <see langword="null"/> if the database did not exist, in which case a
/// restore removes it. Databases that share a file share its copy.
/// </param>
/// <param name="MigrationId">The newest applied migration; <see langword="null"/> if there is none.</param>
/// <param name="Bytes">The copy's size in bytes.</param>
/// <param name="Pages">The number of pages of the copy.</param>
/// <param name="Sha256">
/// The lower-case hexadecimal SHA-256 of the copy's file; <see langword="null"/> for a <see cref="BackupKind.Clone"/>.
/// </param>
/// <param name="Rows">
/// The number of rows of each table in the copy's file; <see langword="null"/> if there is no copy, if it is a
/// <see cref="BackupKind.Clone"/>, or if it only says where the content is kept.
/// </param>
/// <param name="Check">
/// The result of the copy's check: <see cref="CheckPassed"/>, <see cref="NotRestored"/>, <see cref="NotChecked"/>, or a
/// description of the damage.
/// </param>
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
    /// <summary>The value of <see cref="Check"/> for a copy without damage.</summary>
    public const string CheckPassed = "ok";

    /// <summary>
    /// The value of <see cref="Check"/> for a copy that was read, but could not be restored to check it;
    /// <see cref="Warning"/> has the reason.
    /// </summary>
    public const string NotRestored = "not restored";

    /// <summary>
    /// The value of <see cref="Check"/> for a <see cref="BackupKind.Clone"/> of a database that nobody has checked before:
    /// it equals its database, which a restore or <c>backup verify</c> then checks.
    /// </summary>
    public const string NotChecked = "not checked";

    /// <summary>True if its database was damaged when it was copied.</summary>
    internal bool IsDamaged => Check is not (null or CheckPassed or NotRestored or NotChecked);

    /// <summary>How the copy was made.</summary>
    /// <value>Default: <see cref="BackupKind.Copy"/>.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BackupKind Kind { get; init; }

    /// <summary>The size in bytes of the compressed file that stands for the copy.</summary>
    /// <value><see langword="null"/> if the copy is not compressed.</value>
    [JsonIgnore]
    public long? CompressedBytes { get; init; }

    /// <summary>
    /// The path of the copied file. Together with <see cref="RelativePath"/> it identifies the database.
    /// <see langword="null"/> in sets of earlier versions, which identified it by <see cref="Name"/> alone.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    /// <summary>
    /// The same path, relative to the set's folder and with <c>/</c> as separator: a folder moved together with its
    /// backups keeps them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RelativePath { get; init; }

    /// <summary>
    /// What the copy inherited from its database, or what could not be checked: broken constraints, the content of a
    /// virtual table, an index with an unknown collation. It does not prevent a restore.
    /// </summary>
    /// <value><see langword="null"/> if there is none.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }
}
