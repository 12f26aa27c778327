namespace RagStudio.Data.Migrator.Providers;

/// <summary>What the checks of a storage found.</summary>
/// <param name="Findings">What each check found in each table; nothing where all is well.</param>
/// <param name="ChecksPerformed">How many checks were made.</param>
public sealed record StorageCheck(IReadOnlyList<ValidationFinding> Findings, int ChecksPerformed)
{
    /// <summary>The name of the check whose findings say that the content cannot be trusted.</summary>
    public const string Structure = "structure";

    /// <summary>The name of the check that counts the rows of a table which break a constraint of it, once each, without naming them.</summary>
    public const string Constraints = "constraints";

    /// <summary>The name of the check of what the indexes hold, where the tables themselves are whole.</summary>
    public const string Indexes = "indexes";

    /// <summary>The name of the check of what virtual tables keep, by their own modules.</summary>
    public const string VirtualTables = "virtual tables";

    /// <summary>The name of the check of foreign keys that are to no key of their table, so that no row can be checked by them.</summary>
    public const string ForeignKeys = "foreign keys";

    /// <summary>The check of a storage that holds nothing yet.</summary>
    public static StorageCheck Clean { get; } = new([], 0);

    /// <summary>What could not be checked, and why, for people.</summary>
    public IReadOnlyList<string> NotChecked { get; init; } = [];

    /// <summary>Whether the structure itself is damaged, so that the content cannot be trusted.</summary>
    public bool IsDamaged => Findings.Any(finding => finding.Check == Structure);

    /// <summary>What else there is to tell of it, for people; nothing where all is well.</summary>
    internal string? Warning =>
        IsDamaged || Findings.Count + NotChecked.Count == 0
            ? null
            : string.Join("; ", [.. Findings.Select(finding => finding.First[0].Detail), .. NotChecked]);

    /// <summary>The first thing that is wrong with the structure, for people.</summary>
    internal string Damage => Findings.First(finding => finding.Check == Structure).First[0].Detail;
}
