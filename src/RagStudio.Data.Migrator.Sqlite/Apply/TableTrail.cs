namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Follows tables through what happens to them, in its order. Neither a name says which rows are meant, nor a root page, which goes to the next table that is
/// created, and with auto_vacuum moves at every drop.
/// </summary>
internal sealed class TableTrail
{
    private static readonly AsciiNames Names = AsciiNames.Instance;

    private readonly Dictionary<string, Body> _byName;
    private readonly Body[] _bodies;
    private readonly HashSet<string> _touched = new(Names);

    public TableTrail(IEnumerable<WatchedTable> tables)
    {
        _bodies = [.. tables.Select(table => new Body(table))];
        _byName = _bodies.ToDictionary(body => body.Name, Names);
    }

    public void Touched(string table) => _touched.Add(table);

    public void Renamed(string table, string newName)
    {
        if (_byName.Remove(table, out var body))
        {
            _byName[newName] = body;
            body.Rename(newName);
        }
    }

    public void Dropped(string table)
    {
        if (_byName.Remove(table, out var body))
        {
            body.IsDropped = true;
        }
    }

    /// <param name="existing">The tables that there are in the end.</param>
    /// <param name="count">Counts the rows of one of them.</param>
    /// <returns>What became of those that were changed.</returns>
    public IReadOnlyList<TableRows> End(IEnumerable<string> existing, Func<string, long> count)
    {
        var ends = existing.ToDictionary(name => name, Names);
        var alive = _bodies.Where(body => !body.IsDropped && ends.ContainsKey(body.Name)).ToArray();
        var taken = new HashSet<string>(Names);
        var kept = alive
            .Where(body => body.IsRenamed || body.Has(_touched))
            .Select(body => new TableRows(body.Table.Name, ends[body.Name], count(ends[body.Name])));
        // What a table was called before the migration tells its successor better than what it was called on the way.
        var replaced =
            from body in _bodies.Except(alive)
            let successor = body.Candidates.FirstOrDefault(name => ends.ContainsKey(name) && taken.Add(name))
            select successor is null
                ? new TableRows(body.Table.Name, null, 0)
                : new TableRows(body.Table.Name, ends[successor], CountNew(ends[successor], alive, count));
        return [.. kept, .. replaced];
    }

    /// <summary>A table that was there before has rows of its own, which do not make up for those of another one.</summary>
    private static long CountNew(string table, Body[] alive, Func<string, long> count) =>
        Math.Max(0, count(table) - (Array.Find(alive, body => Names.Equals(body.Name, table))?.Table.Rows ?? 0));

    /// <summary>The rows of a table, under whatever name.</summary>
    private sealed class Body(WatchedTable table)
    {
        private readonly HashSet<string> _names = new(Names) { table.Name };

        public WatchedTable Table => table;

        /// <summary>What it is called, or was when it was dropped.</summary>
        public string Name { get; private set; } = table.Name;

        public bool IsDropped { get; set; }

        public bool IsRenamed => Name != Table.Name;

        /// <summary>What a table may be called that takes the place of this one, best first.</summary>
        public IEnumerable<string> Candidates => [Table.Name, Table.Original, Name];

        public void Rename(string name)
        {
            Name = name;
            _names.Add(name);
        }

        public bool Has(HashSet<string> names) => _names.Overlaps(names);
    }
}
