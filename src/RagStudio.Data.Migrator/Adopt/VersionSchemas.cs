using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>The schema of every version of a database, from the empty one on.</summary>
/// <param name="versions">The schemas, in order.</param>
/// <param name="names">Compares names.</param>
internal sealed class VersionSchemas(
    IReadOnlyList<(string Version, DatabaseSchema Schema)> versions,
    StringComparer names
)
{
    private readonly ILookup<string, TableSchema> _tables = versions
        .SelectMany(version => version.Schema.Tables)
        .ToLookup(table => table.Name, names);

    private readonly HashSet<string> _views = versions
        .SelectMany(version => version.Schema.Views)
        .Select(view => view.Name)
        .ToHashSet(names);

    private readonly HashSet<(string Kind, string Name)> _objects =
    [
        .. versions.SelectMany(version => version.Schema.Objects).Select(other => (other.Kind, other.Name)),
    ];

    public IReadOnlyList<(string Version, DatabaseSchema Schema)> All => versions;

    /// <summary>True if any version makes a table.</summary>
    public bool HasTable(string table) => _tables.Contains(table);

    /// <summary>True if a table has the columns that another one has in any version.</summary>
    public bool HasColumnsOf(TableSchema table, string other) =>
        _tables[other]
            .Any(version =>
                version.Columns.Select(c => c.Name).ToHashSet(names).SetEquals(table.Columns.Select(c => c.Name))
            );

    /// <summary>The columns of a table that no version has.</summary>
    public IEnumerable<string> UnknownColumnsOf(TableSchema table) =>
        table
            .Columns.Where(column => !_tables[table.Name].Any(version => version.Find(column.Name) is not null))
            .Select(column => $"{table.Name}.{column.Name}");

    /// <summary>
    /// Leaves out what no version makes: other tables, and indexes that were added by hand. What belongs to another version
    /// stays, because a version that does not have it is not equal.
    /// </summary>
    public DatabaseSchema Known(DatabaseSchema actual) =>
        new DatabaseSchema(
            [
                .. actual
                    .Tables.Where(table => HasTable(table.Name))
                    .Select(table => table with { Indexes = [.. table.Indexes.Where(index => IsKnown(table, index))] }),
            ],
            [.. actual.Views.Where(view => _views.Contains(view.Name))]
        )
        {
            Objects = [.. actual.Objects.Where(other => _objects.Contains((other.Kind, other.Name)))],
            Names = names,
        };

    /// <summary>Compares a schema with that of each version.</summary>
    /// <param name="known">The schema without what no version makes.</param>
    /// <returns>The differences, for each version.</returns>
    public IReadOnlyList<IReadOnlyList<ObjectDifference>> Compare(DatabaseSchema known) =>
        [.. versions.Select(version => SchemaComparer.Differences(version.Schema, known))];

    /// <summary>Determines if a schema has a part of what the migration after a version changes, and not the rest.</summary>
    /// <param name="before">How it differs from the version before the migration.</param>
    /// <param name="after">How it differs from the version that the migration makes.</param>
    /// <param name="index">The index of the version before.</param>
    public bool IsPartOfNext(IReadOnlyList<ObjectDifference> before, IReadOnlyList<ObjectDifference> after, int index)
    {
        var changed = NamesOf(SchemaComparer.Differences(versions[index + 1].Schema, versions[index].Schema));
        var (done, open) = (NamesOf(before), NamesOf(after));
        return !done.Overlaps(open) && changed.IsSupersetOf(done) && changed.IsSupersetOf(open);
    }

    private HashSet<string> NamesOf(IEnumerable<ObjectDifference> differences) =>
        differences.Select(difference => difference.Key).ToHashSet(names);

    private bool IsKnown(TableSchema table, IndexSchema index) =>
        _tables[table.Name]
            .SelectMany(version => version.Indexes)
            .Any(other => index.Name is null ? IsSameConstraint(index, other) : names.Equals(index.Name, other.Name));

    private bool IsSameConstraint(IndexSchema index, IndexSchema other) =>
        other.Name is null && index.IsUnique == other.IsUnique && index.Columns.SequenceEqual(other.Columns, names);
}
