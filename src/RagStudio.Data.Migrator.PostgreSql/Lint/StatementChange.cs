namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>What a statement has changed in a table's part of the catalog.</summary>
internal sealed class StatementChange(CatalogState before, CatalogState after, long table)
{
    /// <summary>The kinds of constraints that the statement has added and that hold for all rows.</summary>
    public IReadOnlySet<char> NewConstraints { get; } =
        after
            .Constraints.Values.Where(constraint =>
                constraint.Table == table && constraint.IsValidated && !before.Constraints.ContainsKey(constraint.Oid)
            )
            .Select(constraint => constraint.Kind)
            .ToHashSet();

    /// <summary>True if an index was created.</summary>
    public bool HasNewIndex => Indexes(after).Any(index => !before.Relations.ContainsKey(index.Oid));

    /// <summary>True if an index was created or rebuilt.</summary>
    public bool HasNewIndexFile =>
        Indexes(after).Any(index => before.Relations.GetValueOrDefault(index.Oid)?.File != index.File);

    public bool HasNewType =>
        Columns(after)
            .Any(column => Before(column) is { } old && (old.Type, old.Modifier) != (column.Type, column.Modifier));

    public IEnumerable<Column> NewColumns => Columns(after).Where(column => Before(column) is null);

    /// <summary>An existing column that has become NOT NULL.</summary>
    public Column? NotNull =>
        Columns(after).FirstOrDefault(column => column.IsNotNull && Before(column) is { IsNotNull: false });

    private Column? Before(Column column) => before.Columns.GetValueOrDefault((table, column.Number));

    private IEnumerable<Column> Columns(CatalogState state) =>
        state.Columns.Values.Where(column => column.Table == table);

    private IEnumerable<Relation> Indexes(CatalogState state) =>
        state.Relations.Values.Where(relation => relation.Table == table && !relation.IsTable);
}
