using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// Tracks the rows of tables that existed before a run, from migration to migration, with the counts of the
/// provider. Rows that a later migration adds do not compensate for those that an earlier one removed; rows
/// that the run itself has added may be removed again.
/// </summary>
/// <param name="before">The number of rows of each table before the run.</param>
internal sealed class RowLedger(IReadOnlyDictionary<string, long> before)
{
    private readonly List<Entry> _tables =
    [
        .. before.Select(table => new Entry(table.Key) { Name = table.Key, Rows = table.Value }),
    ];

    private readonly List<RowLoss> _lost = [];

    public IReadOnlyList<WatchedTable> Watched =>
        [.. _tables.Where(table => table.Name is not null).Select(t => new WatchedTable(t.Name!, t.Original, t.Rows))];

    public IReadOnlyList<RowLoss> Lost => _lost;

    /// <summary>Records what a migration did to the tables.</summary>
    public void Enter(IMigrationDatabase database, string version, IReadOnlyList<TableRows> changed)
    {
        // All are looked up before any is renamed, because two tables may have swapped names.
        foreach (var (table, change) in changed.Select(change => (Find(change.Table), change)).ToArray())
        {
            Enter(database, version, table, change.Now, change.Rows);
        }
    }

    /// <summary>Records the state after the last migration, because seeding follows the migrations.</summary>
    /// <param name="after">The number of rows of the counted tables.</param>
    /// <param name="schema">The whole schema.</param>
    public void Close(IReadOnlyDictionary<string, long> after, DatabaseSchema schema)
    {
        foreach (var table in _tables.Where(table => table.Name is not null))
        {
            var isCounted = after.TryGetValue(table.Name!, out var rows);
            if (isCounted || schema.Find(table.Name!) is null)
            {
                Enter(null, null, table, isCounted ? table.Name : null, rows);
            }
        }
    }

    private void Enter(IMigrationDatabase? database, string? version, Entry table, string? now, long rows)
    {
        var removed = Math.Max(0, table.Rows - rows);
        var lost = Math.Max(0, removed - table.Added);
        if (lost > 0)
        {
            _lost.Add(new RowLoss(database, version, table.Original, table.Name!, lost, IsGone: now is null));
        }
        table.Added = Math.Max(0, table.Added + rows - table.Rows);
        (table.Name, table.Rows) = (now, rows);
    }

    private Entry Find(string name) => _tables.Find(table => table.Name == name)!;

    private sealed class Entry(string original)
    {
        public string Original { get; } = original;

        /// <summary>Its present name; <see langword="null"/> if it is gone.</summary>
        public string? Name { get; set; }

        public long Rows { get; set; }

        /// <summary>The rows that this run has added and not removed since.</summary>
        public long Added { get; set; }
    }
}
