using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Validate;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>Tells the engine what a migration did to the rows of the tables that existed before the run.</summary>
internal sealed class WatchedRows(
    NpgsqlConnection connection,
    RowCounts rows,
    string[] schemas,
    string[] leftOut,
    string target,
    IMigrationObserver observer
)
{
    private IReadOnlyDictionary<string, long> _oids = new Dictionary<string, long>();

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (observer.Watched.Count > 0)
        {
            var tables = await ReadAsync(cancellationToken).ConfigureAwait(false);
            _oids = tables.ToDictionary(table => table.Name, table => table.Oid, StringComparer.Ordinal);
        }
    }

    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        if (observer.Watched.Count == 0)
        {
            return;
        }
        var tables = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var byOid = tables.ToDictionary(table => table.Oid);
        var byName = tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        var changed = new List<TableRows>();
        foreach (var watched in observer.Watched)
        {
            // A table that took the place of another has its name.
            var now =
                _oids.TryGetValue(watched.Name, out var oid) && byOid.TryGetValue(oid, out var same)
                    ? same
                    : byName.GetValueOrDefault(watched.Name);
            var count = now is null
                ? 0
                : await rows.CountAsync(connection, now, cancellationToken).ConfigureAwait(false);
            if (now?.Name != watched.Name || count != watched.Rows)
            {
                changed.Add(new TableRows(watched.Name, now?.Name, count));
            }
        }
        observer.Counted(changed);
    }

    private Task<List<RowTable>> ReadAsync(CancellationToken cancellationToken) =>
        RowTables.ReadAsync(connection, schemas, leftOut, target, cancellationToken);
}
