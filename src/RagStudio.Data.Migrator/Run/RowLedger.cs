using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The rows of the tables that were there before a run, followed from migration to migration by what the provider saw. What a later migration adds does
/// not make up for what an earlier one took; rows that the run itself has added may go again.
/// </summary>
/// <param name="before">The rows of each table before the run.</param>
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

    /// <summary>Enters what a migration made of the tables.</summary>
    public void Enter(IMigrationDatabase database, string version, IReadOnlyList<TableRows> changed)
    {
        // All are looked up before any gets its new name: two tables may have changed theirs.
        foreach (var (table, change) in changed.Select(change => (Find(change.Table), change)).ToArray())
        {
            Enter(database, version, table, change.Now, change.Rows);
        }
    }

    /// <summary>Enters what there is after the last migration: seeding comes after them.</summary>
    /// <param name="after">The rows of the tables whose rows are counted.</param>
    /// <param name="schema">All that is there.</param>
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

        /// <summary>What it is called now; <see langword="null"/> where it is gone.</summary>
        public string? Name { get; set; }

        public long Rows { get; set; }

        /// <summary>Rows that this run has added, and not yet taken away again.</summary>
        public long Added { get; set; }
    }
}
