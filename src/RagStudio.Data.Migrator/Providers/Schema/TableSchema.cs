namespace RagStudio.Data.Migrator.Providers;

/// <summary>A table as it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Traits">What kind of table it is where it is not an ordinary one, such as <c>WITHOUT ROWID</c>; else empty.</param>
/// <param name="Columns">Its columns in their order, hidden ones left out.</param>
/// <param name="Indexes">Its indexes, those that a constraint makes included.</param>
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
    /// <summary>A column by its name, whatever its case; <see langword="null"/> where it is not there.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The column.</returns>
    public ColumnSchema? Find(string name) =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The columns of the primary key in its order; empty where there is none.</summary>
    public IReadOnlyList<string> PrimaryKey =>
        [.. Columns.Where(column => column.PrimaryKeyOrder > 0).OrderBy(c => c.PrimaryKeyOrder).Select(c => c.Name)];
}
