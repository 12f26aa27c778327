using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The tables and views of a database, or of a whole storage, without those that EF and the migrator keep for themselves. Whatever
/// is text of a definition is in a canonical rendering of the provider's, so that two texts that mean the same are equal.
/// </summary>
/// <param name="Tables">The tables, in the order of their names.</param>
/// <param name="Views">The views, in the order of their names.</param>
public sealed record DatabaseSchema(IReadOnlyList<TableSchema> Tables, IReadOnlyList<SchemaObject> Views)
{
    /// <summary>What makes the same schema anew, in its order: the provider's own affair, and no part of what is compared.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Statements { get; init; } = [];

    /// <summary>The schema of a database without any table.</summary>
    public static DatabaseSchema Empty { get; } = new([], []);

    /// <summary>A table by its name, whatever its case; <see langword="null"/> where it is not there.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The table.</returns>
    public TableSchema? Find(string name) =>
        Tables.FirstOrDefault(table => string.Equals(table.Name, name, StringComparison.OrdinalIgnoreCase));
}
