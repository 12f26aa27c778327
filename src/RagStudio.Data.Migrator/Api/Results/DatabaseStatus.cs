using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator;

/// <summary>The state of one database.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Path">The full path of the file.</param>
/// <param name="CurrentVersion">The newest applied migration; <see langword="null"/> if there is none.</param>
/// <param name="Applied">The applied migrations that the program has, in order.</param>
/// <param name="Pending">The migrations that are not applied, in order.</param>
/// <param name="Unknown">The applied migrations that the program does not have, in order.</param>
/// <param name="Drift">
/// The differences from what the applied migrations create, one sentence each: migrations edited after they
/// were applied, and a schema that differs. Empty if there are none, or if they cannot be determined.
/// </param>
public sealed record DatabaseStatus(
    string Name,
    string Path,
    string? CurrentVersion,
    IReadOnlyList<string> Applied,
    IReadOnlyList<string> Pending,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<string> Drift
)
{
    /// <summary>Where the data was copied to, for people; <see langword="null"/> if the database is not marked as moved.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MovedTo { get; init; }
}
