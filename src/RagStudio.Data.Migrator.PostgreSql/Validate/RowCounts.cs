using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// The rows of the tables as a session sees them, without what others do meanwhile: those of the first count, and what the
/// session itself has inserted and deleted since. PostgreSQL counts that for the open transaction
/// (https://www.postgresql.org/docs/current/monitoring-stats.html). A table whose storage was replaced is counted anew,
/// since TRUNCATE deletes no row; nobody else can write to it then.
/// </summary>
internal sealed class RowCounts(string target, ConnectionSource source)
{
    private Dictionary<long, Counted> _first = [];
    private Dictionary<long, Counted>? _before;

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
                _first[table.Oid] = first with { At = table.Changes };
            }
        }
    }

    /// <summary>
    /// Forgets what was counted in a transaction that is rolled back. The counts of before stay, even if there was none yet.
    /// </summary>
    public void RollBack() => _first = _before ?? _first;

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
        if (!_first.TryGetValue(table.Oid, out var first) || first.Storage != table.Storage)
        {
            var all = await RowTables.CountAsync(connection, table, cancellationToken).ConfigureAwait(false);
            _first[table.Oid] = new Counted(all, all, table.Changes, table.Storage);
            return all;
        }
        var rows = first.Rows + table.Changes.Net - first.At.Net;
        var isExact = await table
            .Changes.AreExactSinceAsync(first.At, connection, cancellationToken)
            .ConfigureAwait(false);
        if (!isExact)
        {
            rows = await RecountAsync(connection, table, first.Begun, rows, cancellationToken).ConfigureAwait(false);
            _first[table.Oid] = first with { Rows = rows, At = table.Changes };
        }
        return rows;
    }

    /// <summary>
    /// Compares with what another session sees, which is everything but the changes of this one. Of what others change
    /// between the two counts, nothing is taken for a loss.
    /// </summary>
    private async Task<long> RecountAsync(
        NpgsqlConnection connection,
        RowTable table,
        long begun,
        long counted,
        CancellationToken cancellationToken
    )
    {
        var other = await CommittedRows.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            var earlier = await other.CountAsync(table, cancellationToken).ConfigureAwait(false);
            var own = await RowTables.CountAsync(connection, table, cancellationToken).ConfigureAwait(false);
            var later = await other.CountAsync(table, cancellationToken).ConfigureAwait(false);
            return earlier is null || later is null
                // Nobody else reads or writes a table that this session has locked.
                ? Math.Max(counted, own)
                : begun + own - Math.Min(earlier.Value, later.Value);
        }
    }

    /// <param name="Begun">The rows of the first count.</param>
    /// <param name="Rows">The rows that were there when the changes were as they are in <paramref name="At"/>.</param>
    /// <param name="At">The session's changes.</param>
    /// <param name="Storage">The storage of the table.</param>
    private readonly record struct Counted(long Begun, long Rows, RowChanges At, string Storage);
}
