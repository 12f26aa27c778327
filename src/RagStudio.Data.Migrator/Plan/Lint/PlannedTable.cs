using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>A table as it will be when the pending migrations have run up to one of their operations.</summary>
/// <param name="name">Its name by then.</param>
/// <param name="live">The table that exists now; <see langword="null"/> if a pending migration creates it.</param>
/// <param name="names">Compares names.</param>
internal sealed class PlannedTable(string name, TableSchema? live, StringComparer names)
{
    private readonly Dictionary<string, ColumnSchema> _columns = (live?.Columns ?? []).ToDictionary(
        column => column.Name,
        names
    );

    private readonly HashSet<string> _filled = new(names);

    private readonly HashSet<string> _dropped = new(names);

    public string Name { get; set; } = name;

    /// <summary>Its present name; <see langword="null"/> if it does not exist yet, so no row can be lost.</summary>
    public string? LiveName => live?.Name;

    public HashSet<string> Triggers { get; } = new((live?.Triggers ?? []).Select(trigger => trigger.Name), names);

    /// <summary>The table of the same name that this temporary table hides.</summary>
    public PlannedTable? Hides { get; init; }

    /// <summary>True if it exists only until its connection is closed.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>The named indexes that exist now; those of constraints have no name.</summary>
    public List<IndexSchema> Indexes { get; } = [.. (live?.Indexes ?? []).Where(index => index.Name is not null)];

    /// <summary>The index names that it is known to use by then.</summary>
    public HashSet<string> IndexNames { get; } =
        new((live?.Indexes ?? []).Select(index => index.Name).OfType<string>(), names);

    /// <summary>Finds the first of its dropped columns that some SQL mentions.</summary>
    /// <param name="isMentioned">Returns true if a column is mentioned.</param>
    public string? FindDropped(Func<string, bool> isMentioned) => _dropped.FirstOrDefault(isMentioned);

    /// <summary>True if a pending statement changes its rows.</summary>
    public bool IsChanged { get; set; }

    /// <summary>
    /// True if a pending statement changes values of its rows or adds rows: the present counts may be
    /// outdated by then.
    /// </summary>
    public bool IsRewritten { get; set; }

    /// <summary>Its name when the current migration began.</summary>
    public string NameBefore { get; set; } = name;

    /// <summary>The tables, by their present names, whose rows were copied into it.</summary>
    public HashSet<string> Holds { get; } = new(names);

    /// <summary>The rows that pending statements delete from it.</summary>
    public List<RowsToDelete> Deleted { get; } = [];

    /// <summary>Its present foreign keys.</summary>
    public IReadOnlyList<ForeignKeySchema> ForeignKeys => live?.ForeignKeys ?? [];

    /// <summary>
    /// Finds a present column by the name that it will have by then; <see langword="null"/> if it does not
    /// exist yet.
    /// </summary>
    public ColumnSchema? Find(string column) => _columns.GetValueOrDefault(column);

    /// <summary>True if a new column has the same value in every existing row.</summary>
    public bool IsFilled(string column) => _filled.Contains(column);

    public void Add(string column, bool isFilled)
    {
        _columns.Remove(column);
        _ = isFilled ? _filled.Add(column) : _filled.Remove(column);
    }

    public void Drop(string column)
    {
        _dropped.Add(_columns.GetValueOrDefault(column)?.Name ?? column);
        _columns.Remove(column);
        _filled.Remove(column);
    }

    public void Rename(string column, string newName)
    {
        if (_columns.Remove(column, out var found))
        {
            _columns[newName] = found;
        }
        if (_filled.Remove(column))
        {
            _filled.Add(newName);
        }
    }

    public void AddIndex(string index) => IndexNames.Add(index);

    public void RenameIndex(string? index, string newName)
    {
        if (index is not null && IndexNames.Remove(index))
        {
            IndexNames.Add(newName);
        }
    }

    public void DropIndexes(Predicate<string> isDropped)
    {
        Indexes.RemoveAll(known => isDropped(known.Name!));
        Forget(isDropped);
    }

    /// <summary>Forgets index names that it may no longer use.</summary>
    public void Forget(Predicate<string> isForgotten) => IndexNames.RemoveWhere(isForgotten);
}
