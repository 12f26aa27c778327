using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// A storage's tables and views as they will be when the pending migrations have run up to one of their
/// operations.
/// </summary>
/// <param name="live">The present schema.</param>
/// <param name="nameBeside">Returns the name of an index, which a table's schema tells from others.</param>
internal sealed class PlannedSchema(DatabaseSchema live, Func<string, string, string> nameBeside)
{
    private readonly Dictionary<string, PlannedTable> _tables = live.Tables.ToDictionary(
        table => table.Name,
        table => new PlannedTable(table.Name, table, live.Names),
        live.Names
    );
    private readonly HashSet<string> _views = new(live.Views.Select(view => view.Name), live.Names);

    /// <summary>Dropped tables that had rows.</summary>
    private readonly List<PlannedTable> _dropped = [];

    public PlannedTable? Find(string table) => _tables.GetValueOrDefault(table);

    /// <summary>Finds a permanent table by name: temporary tables are separate.</summary>
    public PlannedTable? FindLasting(string table) =>
        Find(table) is { IsTemporary: true } temporary ? temporary.Hides : Find(table);

    /// <summary>An existing table stays, except that a temporary one of the same name hides it.</summary>
    public void Create(string table, bool isTemporary)
    {
        var old = Find(table);
        if (old is null || isTemporary)
        {
            _tables[table] = new PlannedTable(table, live: null, live.Names) { Hides = old, IsTemporary = isTemporary };
        }
    }

    public void Drop(PlannedTable table)
    {
        _tables.Remove(table.Name);
        table.Forget(_ => true);
        if (table.Hides is { } hidden)
        {
            _tables[table.Name] = hidden;
        }
        if (table.LiveName is not null)
        {
            _dropped.Add(table);
        }
    }

    public void Rename(string table, string newName)
    {
        if (_tables.Remove(table, out var renamed))
        {
            renamed.Name = newName;
            _tables[newName] = renamed;
        }
    }

    /// <summary>
    /// Records that a statement copies rows, including those that were copied into its sources before.
    /// </summary>
    /// <returns>True if a table gets back rows that it had before.</returns>
    public bool Copy(IEnumerable<string> sources, PlannedTable target)
    {
        foreach (var source in sources.Select(Find).OfType<PlannedTable>().Where(source => source != target))
        {
            target.Holds.UnionWith(source.Holds);
            if (source.LiveName is { } held)
            {
                target.Holds.Add(held);
            }
        }
        return target.LiveName is { } own && target.Holds.Contains(own);
    }

    /// <summary>
    /// Finds a dropped table with rows that were copied into one that now has its name: that one replaces it.
    /// SQLite's own procedure for changing a table either gives the copy the old table's name, or renames the
    /// old table before the copy: https://sqlite.org/lang_altertable.html#otheralter.
    /// </summary>
    /// <returns>The replaced table, put back in its place; <see langword="null"/> if there is none.</returns>
    public PlannedTable? PopReplaced()
    {
        foreach (var old in _dropped)
        {
            string[] names = [old.NameBefore, old.LiveName!, old.Name];
            if (names.Select(Find).FirstOrDefault(copy => copy?.Holds.Contains(old.LiveName!) == true) is { } copy)
            {
                _dropped.Remove(old);
                old.Name = copy.Name;
                _tables[copy.Name] = old;
                return old;
            }
        }
        return null;
    }

    /// <summary>Starts the next migration.</summary>
    public void Begin()
    {
        foreach (var table in _tables.Values)
        {
            table.NameBefore = table.Name;
        }
    }

    /// <summary>The tables that exist both now and by then, and refer to another.</summary>
    public IEnumerable<PlannedReference> ReferencesTo(PlannedTable parent) =>
        from table in _tables.Values
        where table.LiveName is not null
        from key in table.ForeignKeys
        where IsSame(key.ParentTable, parent.LiveName)
        select new PlannedReference(table, key);

    /// <summary>The name of an index of a table, among all schemas.</summary>
    public string NameOfIndex(PlannedTable table, string index) => nameBeside(table.Name, index);

    /// <param name="index">The index, by its name among all schemas.</param>
    public bool HasIndex(string index) =>
        _tables.Values.Any(table => table.IndexNames.Any(own => IsSame(NameOfIndex(table, own), index)));

    /// <inheritdoc cref="HasIndex"/>
    public void DropIndex(string index)
    {
        foreach (var table in _tables.Values)
        {
            table.DropIndexes(own => IsSame(NameOfIndex(table, own), index));
        }
    }

    public bool HasView(string name) => _views.Contains(name);

    public void CreateView(string view) => _views.Add(view);

    public void DropView(string view) => _views.Remove(view);

    public void DropTrigger(string trigger)
    {
        foreach (var table in _tables.Values)
        {
            table.Triggers.Remove(trigger);
        }
    }

    /// <summary>The definition of a trigger that exists now; <see langword="null"/> for any other.</summary>
    public string? DefinitionOf(string trigger) =>
        live
            .Tables.SelectMany(table => table.Triggers)
            .FirstOrDefault(known => IsSame(known.Name, trigger))
            ?.Definition;

    /// <summary>The views that exist now and by then, and mention a table.</summary>
    public IEnumerable<string> ViewsOn(PlannedTable table) =>
        live
            .Views.Where(view => _views.Contains(view.Name) && WholeWord.IsIn(view.Definition, table.LiveName))
            .Select(view => view.Name);

    /// <summary>The triggers of other tables that exist now and by then, and mention a table.</summary>
    public IEnumerable<string> TriggersOn(PlannedTable table) =>
        from other in _tables.Values
        where other != table
        from trigger in live.Tables.FirstOrDefault(known => known.Name == other.LiveName)?.Triggers ?? []
        where other.Triggers.Contains(trigger.Name) && WholeWord.IsIn(trigger.Definition, table.LiveName)
        select trigger.Name;

    public bool IsSame(string? one, string? other) => live.Names.Equals(one, other);
}
