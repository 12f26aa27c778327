using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>A table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Traits">
/// The properties that distinguish it from an ordinary table, such as <c>WITHOUT ROWID</c>; empty if there
/// are none.
/// </param>
/// <param name="Columns">Its columns, in order, without hidden ones.</param>
/// <param name="Indexes">Its indexes, including those of constraints.</param>
/// <param name="ForeignKeys">Its foreign keys.</param>
/// <param name="Checks">The canonical expressions of its check constraints.</param>
/// <param name="Triggers">Its triggers.</param>
public sealed record TableSchema(
    string Name,
    string Traits,
    IReadOnlyList<ColumnSchema> Columns,
    IReadOnlyList<IndexSchema> Indexes,
    IReadOnlyList<ForeignKeySchema> ForeignKeys,
    IReadOnlyList<string> Checks,
    IReadOnlyList<SchemaObject> Triggers
)
{
    /// <summary>Compares the names of columns, indexes and triggers.</summary>
    /// <value>Default: by <see cref="StringComparer.OrdinalIgnoreCase"/>; otherwise <see cref="DatabaseSchema.Names"/>.</value>
    [JsonIgnore]
    public StringComparer Names { get; init; } = StringComparer.OrdinalIgnoreCase;

    /// <summary>Sorts what has no order.</summary>
    internal TableSchema InOrder() =>
        this with
        {
            Columns = [.. Columns.OrderBy(column => column.Name, StringComparer.Ordinal)],
            Indexes = [.. Indexes.OrderBy(index => index.Name, StringComparer.Ordinal)],
            ForeignKeys = [.. ForeignKeys.OrderBy(Describe, StringComparer.Ordinal)],
            Checks = [.. Checks.Order(StringComparer.Ordinal)],
            Triggers = [.. Triggers.OrderBy(trigger => trigger.Name, StringComparer.Ordinal)],
        };

    private static string Describe(ForeignKeySchema key) =>
        string.Join('\n', [.. key.Columns, key.ParentTable, .. key.ParentColumns]);

    /// <summary>Finds a column by name; <see langword="null"/> if there is none.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The column.</returns>
    public ColumnSchema? Find(string name) => Columns.FirstOrDefault(column => Names.Equals(column.Name, name));

    /// <summary>The columns of the primary key, in its order; empty if there is none.</summary>
    public IReadOnlyList<string> PrimaryKey =>
        [.. Columns.Where(column => column.PrimaryKeyOrder > 0).OrderBy(c => c.PrimaryKeyOrder).Select(c => c.Name)];
}
