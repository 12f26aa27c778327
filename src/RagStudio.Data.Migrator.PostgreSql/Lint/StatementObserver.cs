using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>
/// Compares a scratch database before and after each statement. A run is one transaction, so its locks are kept from the
/// first statement that acquires them, over all its migrations.
/// </summary>
internal sealed class StatementObserver(NpgsqlConnection connection)
{
    private readonly Dictionary<long, LockMode> _held = [];
    private readonly List<TableEffect> _effects = [];
    private CatalogState _before = CatalogState.Read(connection);

    /// <summary>Returns what was observed since the last call.</summary>
    public IReadOnlyList<TableEffect> Take()
    {
        TableEffect[] taken = [.. _effects];
        _effects.Clear();
        return taken;
    }

    /// <summary>Forgets what happened meanwhile, such as the end of a transaction.</summary>
    public void Begin() => _before = CatalogState.Read(connection);

    /// <summary>Observes a statement that has just been executed in a transaction.</summary>
    public void Executed(string statement)
    {
        var after = CatalogState.Read(connection);
        foreach (var table in _before.Relations.Values.Where(relation => relation.IsTable))
        {
            var acquired = Acquired(after, table.Oid);
            var isScanned = IsScanned(table, after);
            var isRewritten = IsRewritten(table, after, isScanned);
            if (acquired is null && !isScanned && !isRewritten)
            {
                continue;
            }
            var held = Max(acquired, _held.GetValueOrDefault(table.Oid, LockMode.AccessShare));
            _held[table.Oid] = held;
            var safer = SaferForms.Find(new StatementChange(_before, after, table.Oid), acquired, held, isRewritten);
            _effects.Add(new TableEffect(table.Oid, statement, acquired, held, isRewritten, isScanned, safer));
        }
        _before = after;
    }

    /// <summary>
    /// Executes a statement that follows the run's commit. Its locks are gone when it has ended, so they are those of the
    /// documentation: SHARE UPDATE EXCLUSIVE with CONCURRENTLY; otherwise what gets a new file was locked exclusively.
    /// </summary>
    public void Execute(string statement)
    {
        Begin();
        connection.Execute(statement);
        var after = CatalogState.Read(connection);
        var isConcurrent = Tokens.Read(statement).Any(token => token.Is("CONCURRENTLY"));
        var mode = isConcurrent ? LockMode.ShareUpdateExclusive : LockMode.AccessExclusive;
        foreach (var table in _before.Relations.Values.Where(relation => relation.IsTable))
        {
            var change = new StatementChange(_before, after, table.Oid);
            var isRewritten = after.Relations.TryGetValue(table.Oid, out var now) && now.File != table.File;
            if (isRewritten || change.HasNewIndexFile)
            {
                var safer = isConcurrent ? null : SaferForms.Find(change, mode, mode, isRewritten);
                _effects.Add(new TableEffect(table.Oid, statement, mode, mode, isRewritten, Scans: true, safer));
            }
        }
        Begin();
    }

    /// <summary>
    /// The strongest new lock on the table, or on an index of it that others use: planning any query locks all of them.
    /// </summary>
    private LockMode? Acquired(CatalogState after, long table) =>
        after
            .Locks.Where(held =>
                !_before.Locks.Contains(held)
                && _before.Relations.TryGetValue(held.Relation, out var relation)
                && relation.Table == table
            )
            .Max(held => (LockMode?)held.Mode);

    private static bool IsScanned(Relation table, CatalogState after) =>
        after.Relations.TryGetValue(table.Oid, out var now) && now.Scans > table.Scans;

    /// <summary>TRUNCATE gives a table a new file too, but reads nothing.</summary>
    private static bool IsRewritten(Relation table, CatalogState after, bool isScanned) =>
        after.Relations.TryGetValue(table.Oid, out var now)
        && now.File != table.File
        && (isScanned || now.IsView || now.Tablespace != table.Tablespace);

    private static LockMode Max(LockMode? one, LockMode other) => one > other ? one.Value : other;
}
