namespace RagStudio.Data.Migrator;

/// <summary>A storage's tables and views as the pending migrations have made them up to one of their operations.</summary>
internal sealed class PlannedSchema
{
    private readonly DatabaseSchema _live;
    private readonly Dictionary<string, PlannedTable> _tables;
    private readonly HashSet<string> _views;

    /// <summary>Tables that were dropped when their rows had been copied.</summary>
    private readonly List<PlannedTable> _replaced = [];

    public PlannedSchema(DatabaseSchema live)
    {
        _live = live;
        _tables = live.Tables.ToDictionary(
            table => table.Name,
            table => new PlannedTable(table.Name, table),
            StringComparer.OrdinalIgnoreCase
        );
        _views = new(live.Views.Select(view => view.Name), StringComparer.OrdinalIgnoreCase);
    }

    public PlannedTable? Find(string table) => _tables.GetValueOrDefault(table);

    public void Create(string table) => _tables[table] = new PlannedTable(table, live: null);

    public void Drop(PlannedTable table)
    {
        _tables.Remove(table.Name);
        if (table.CopiedTo is not null)
        {
            _replaced.Add(table);
        }
    }

    /// <returns>The table that the renamed one takes the place of, with its rows; <see langword="null"/> where it takes none's.</returns>
    public PlannedTable? Rename(string table, string newName)
    {
        if (!_tables.Remove(table, out var renamed))
        {
            return null;
        }
        var replaced = _replaced.Find(old => IsSame(old.Name, newName) && IsSame(old.CopiedTo, table));
        if (replaced is not null)
        {
            _replaced.Remove(replaced);
            (replaced.CopiedTo, renamed) = (null, replaced);
        }
        renamed.Name = newName;
        _tables[newName] = renamed;
        return replaced;
    }

    public void CreateView(string view) => _views.Add(view);

    public void DropView(string view) => _views.Remove(view);

    public void DropTrigger(string trigger)
    {
        foreach (var table in _tables.Values)
        {
            table.Triggers.Remove(trigger);
        }
    }

    /// <summary>What a trigger that is there now does; <see langword="null"/> for one that is not.</summary>
    public string? DefinitionOf(string trigger) =>
        _live.Tables.SelectMany(table => table.Triggers).FirstOrDefault(live => IsSame(live.Name, trigger))?.Definition;

    /// <summary>The views that are there now, are still there by then, and mention a table.</summary>
    public IEnumerable<string> ViewsOn(PlannedTable table) =>
        _live
            .Views.Where(view => _views.Contains(view.Name) && Mentions(view.Definition, table.LiveName))
            .Select(view => view.Name);

    /// <summary>The triggers of other tables that are there now, are still there by then, and mention a table.</summary>
    public IEnumerable<string> TriggersOn(PlannedTable table) =>
        from other in _tables.Values
        where other != table
        from trigger in _live.Tables.FirstOrDefault(live => live.Name == other.LiveName)?.Triggers ?? []
        where other.Triggers.Contains(trigger.Name) && Mentions(trigger.Definition, table.LiveName)
        select trigger.Name;

    /// <summary>Whether a definition has a name as a word of its own, however it is quoted.</summary>
    public static bool Mentions(string definition, string? name)
    {
        var at = name is null ? -1 : definition.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            var end = at + name!.Length;
            if ((at == 0 || !IsWord(definition[at - 1])) && (end == definition.Length || !IsWord(definition[end])))
            {
                return true;
            }
            at = definition.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase);
        }
        return false;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool IsSame(string? one, string? other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
