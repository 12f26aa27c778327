using System.Text.Json;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>
/// The content of a fake storage. A row that begins with <c>-&gt; </c> refers to the row with the text that
/// follows, so references can be broken.
/// </summary>
internal sealed class FakeContent
{
    /// <summary>Names that differ in case alone are two names here.</summary>
    public static readonly StringComparer Names = StringComparer.Ordinal;

    private const string Reference = "-> ";

    public SortedDictionary<string, List<string>> Tables { get; init; } = [];

    /// <summary>The ids of the applied migrations of each database.</summary>
    public SortedDictionary<string, SortedSet<string>> Applied { get; init; } = [];

    public List<MigrationRecord> History { get; init; } = [];

    public SortedDictionary<string, DatabaseCache> Caches { get; init; } = [];

    /// <summary>The hash of each line by id.</summary>
    public SortedDictionary<long, string?> Hashes { get; init; } = [];

    /// <summary>The number of lines ever written.</summary>
    public long Lines { get; set; }

    public bool HoldsAnything() => Tables.Count + Applied.Count + History.Count > 0;

    public static FakeContent Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<FakeContent>(json) ?? throw new JsonException("There is no content.");

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);

    public FakeContent Copy() => Parse(ToJson());

    public void Append(MigrationRecord record)
    {
        Hashes[++Lines] = RecordHash.Compute(Hashes.Values.LastOrDefault(hash => hash is not null), record);
        History.Add(record with { Id = Lines });
    }

    public void Keep(string database, DatabaseCache cache)
    {
        var kept = Caches.GetValueOrDefault(database) ?? DatabaseCache.Empty;
        Caches[database] = new DatabaseCache
        {
            Schema = cache.Schema ?? kept.Schema,
            ProgramStamp = cache.ProgramStamp ?? kept.ProgramStamp,
        };
    }

    public void MarkApplied(string database, string version)
    {
        Applied.TryAdd(database, []);
        Applied[database].Add(version);
    }

    public void MarkReverted(string database, string version) => Applied[database].Remove(version);

    public IReadOnlyList<string> AppliedTo(string database) =>
        Applied.TryGetValue(database, out var versions) ? [.. versions] : [];

    public DatabaseState StateOf(string database, int historyLimit)
    {
        var history = History.Where(record => record.Database == database).Reverse().ToArray();
        var last = history.FirstOrDefault(record => record.Event == MigrationEvent.Applied);
        return new DatabaseState(
            AppliedTo(database),
            historyLimit == 0 ? null : last?.AppliedAt,
            [.. history.Take(historyLimit)],
            ChecksumsOf(history)
        )
        {
            Cache = Caches.GetValueOrDefault(database) ?? DatabaseCache.Empty,
        };
    }

    private static Dictionary<string, string> ChecksumsOf(IEnumerable<MigrationRecord> newestFirst) =>
        newestFirst
            .Where(record => record.Event is MigrationEvent.Applied or MigrationEvent.Accepted)
            .Where(record => record is { Version: not null, Checksum: not null })
            .DistinctBy(record => record.Version)
            .ToDictionary(record => record.Version!, record => record.Checksum!);

    public HistoryTrace Trace()
    {
        var last = History.LastOrDefault(line =>
            line.Event is MigrationEvent.Applied or MigrationEvent.Reverted or MigrationEvent.Restored
        );
        return new HistoryTrace(Hashes.Values.FirstOrDefault(), last?.RunId, last?.AppliedAt);
    }

    public IReadOnlyDictionary<string, long> CountRows() =>
        Tables.ToDictionary(table => table.Key, table => (long)table.Value.Count);

    public static DatabaseSchema SchemaOf(IEnumerable<string> tables) =>
        new([.. tables.Select(table => new TableSchema(table, "", [], [], [], [], []))], []) { Names = Names };

    public StorageCheck Check()
    {
        var orphans = Tables.SelectMany(table =>
            table.Value.Where(IsOrphan).Select(row => (Table: table.Key, Row: row))
        );
        return new StorageCheck(
            [
                .. orphans
                    .GroupBy(o => o.Table)
                    .Select(table => new ValidationFinding(
                        "references",
                        ValidationErrorKind.OrphanedRecord,
                        table.Key,
                        table.Count(),
                        [
                            .. table.Select(o => new ValidationError(
                                ValidationErrorKind.OrphanedRecord,
                                o.Table,
                                o.Row,
                                o.Row
                            )),
                        ]
                    )),
                .. CheckHistory(),
            ],
            ChecksPerformed: 2
        );
    }

    private IReadOnlyList<ValidationFinding> CheckHistory()
    {
        var chain = new HistoryChain("history");
        foreach (var line in History)
        {
            chain.Add(line.Id, Hashes.GetValueOrDefault(line.Id), RecordHash.FieldsOf(line));
        }
        return chain.Complete(Lines);
    }

    private bool IsOrphan(string row) =>
        row.StartsWith(Reference, StringComparison.Ordinal)
        && !Tables.Values.Any(rows => rows.Contains(row[Reference.Length..]));
}
