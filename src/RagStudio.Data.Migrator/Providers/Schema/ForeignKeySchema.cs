namespace RagStudio.Data.Migrator.Providers;

/// <summary>A foreign key.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="ParentTable">The table that it refers to.</param>
/// <param name="ParentColumns">The columns that it refers to, in the order of <paramref name="Columns"/>.</param>
/// <param name="OnUpdate">The action when the parent's key changes, such as <c>NO ACTION</c>.</param>
/// <param name="OnDelete">The action when the parent is deleted, such as <c>CASCADE</c>.</param>
public sealed record ForeignKeySchema(
    IReadOnlyList<string> Columns,
    string ParentTable,
    IReadOnlyList<string> ParentColumns,
    string OnUpdate,
    string OnDelete
);
