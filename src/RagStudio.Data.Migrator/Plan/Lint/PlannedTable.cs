using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>A table as the pending migrations have made it up to one of their operations.</summary>
/// <param name="name">What it is called by then.</param>
/// <param name="live">The table that is there now; <see langword="null"/> for one that a pending migration creates.</param>
internal sealed class PlannedTable(string name, TableSchema? live)
{
    private readonly Dictionary<string, ColumnSchema> _columns = (live?.Columns ?? []).ToDictionary(
        column => column.Name,
        StringComparer.OrdinalIgnoreCase
    );

    private readonly HashSet<string> _filled = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _dropped = new(StringComparer.OrdinalIgnoreCase);

    public string Name { get; set; } = name;

    /// <summary>What it is called now; <see langword="null"/> where it is not there yet, so that no row can be lost.</summary>
    public string? LiveName => live?.Name;

    public HashSet<string> Triggers { get; } =
        new((live?.Triggers ?? []).Select(trigger => trigger.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The table of the same name that this one, a temporary one, hides.</summary>
    public PlannedTable? Hides { get; init; }

    /// <summary>Whether it goes with the connection.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>The indexes that are there now and have a name; a constraint's has none.</summary>
    public List<IndexSchema> Indexes { get; } = [.. (live?.Indexes ?? []).Where(index => index.Name is not null)];

    /// <summary>The names that its indexes are known to have by then.</summary>
    public HashSet<string> IndexNames { get; } =
        new((live?.Indexes ?? []).Select(index => index.Name).OfType<string>(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The first of its dropped columns that a text of SQL mentions in a certain way.</summary>
    /// <param name="isMentioned">Tells whether a column is mentioned.</param>
    public string? FindDropped(Func<string, bool> isMentioned) => _dropped.FirstOrDefault(isMentioned);

    /// <summary>Whether a pending statement changes its rows.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether a pending statement changes values of its rows, or adds rows: what is counted now may not be true any more by then.</summary>
    public bool IsRewritten { get; set; }

    /// <summary>What it was called when the current migration began.</summary>
    public string NameBefore { get; set; } = name;

    /// <summary>The tables, as they are called now, whose rows were copied into it.</summary>
    public HashSet<string> Holds { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The rows that pending statements delete from it.</summary>
    public List<RowsToDelete> Deleted { get; } = [];

    /// <summary>The foreign keys that it has now.</summary>
    public IReadOnlyList<ForeignKeySchema> ForeignKeys => live?.ForeignKeys ?? [];

    /// <summary>A column as it is now, by the name that it has by then; <see langword="null"/> where it is not there yet.</summary>
    public ColumnSchema? Find(string column) => _columns.GetValueOrDefault(column);

    /// <summary>Whether a new column has one and the same value in every row that is there now.</summary>
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

    /// <summary>Whether these names are taken by it is not known any more.</summary>
    public void Forget(Predicate<string> isForgotten) => IndexNames.RemoveWhere(isForgotten);
}
