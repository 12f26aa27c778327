using Npgsql;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// The rows of the tables as a session sees them, without what others do meanwhile: those of the first count, and what the
/// session itself has inserted and deleted since. PostgreSQL counts that for the open transaction
/// (https://www.postgresql.org/docs/current/monitoring-stats.html). A table whose storage was replaced is counted anew,
/// since TRUNCATE deletes no row; nobody else can write to it then.
/// </summary>
internal sealed class RowCounts(string target)
{
    private Dictionary<long, Counted> _first = [];
    private Dictionary<long, Counted> _before = [];

    /// <summary>
    /// Begins with the transaction's own changes. What the server counts for earlier ones is added to its statistics
    /// between two transactions, at a time of its choice.
    /// </summary>
    public void Begin(IReadOnlyList<RowTable> tables)
    {
        _before = new Dictionary<long, Counted>(_first);
        foreach (var table in tables)
        {
            if (_first.TryGetValue(table.Oid, out var first))
            {
                _first[table.Oid] = first with { Net = table.Net };
            }
        }
    }

    /// <summary>Forgets what was counted in a transaction that is rolled back.</summary>
    public void RollBack() => _first = _before;

    /// <summary>Counts the rows of tables, by their names.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(
        NpgsqlConnection connection,
        string[] schemas,
        string[] leftOut,
        CancellationToken cancellationToken
    )
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var tables = await RowTables
            .ReadAsync(connection, schemas, leftOut, target, cancellationToken)
            .ConfigureAwait(false);
        foreach (var table in tables)
        {
            counts[table.Name] = await CountAsync(connection, table, cancellationToken).ConfigureAwait(false);
        }
        return counts;
    }

    /// <summary>Counts the rows of one table.</summary>
    public async Task<long> CountAsync(NpgsqlConnection connection, RowTable table, CancellationToken cancellationToken)
    {
        if (_first.TryGetValue(table.Oid, out var first) && first.Storage == table.Storage)
        {
            return first.Rows + table.Net - first.Net;
        }
        var rows = await RowTables.CountAsync(connection, table, cancellationToken).ConfigureAwait(false);
        _first[table.Oid] = new Counted(rows, table.Net, table.Storage);
        return rows;
    }

    private readonly record struct Counted(long Rows, long Net, string Storage);
}
