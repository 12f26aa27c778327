using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>Writes the migrator's tables in a run, and creates them when something is first written.</summary>
internal sealed class OwnTables(PostgreSqlStorage storage, RunConnection connection)
{
    /// <summary>The schemas in which they exist, or in which the open transaction has created them.</summary>
    private readonly HashSet<string> _existing = new(StringComparer.Ordinal);

    /// <summary>Finds out where they exist already, before others wait for the transaction.</summary>
    public async Task LookAsync(string[] schemas, CancellationToken cancellationToken) =>
        _existing.UnionWith(
            await connection
                .Current.QueryAsync(
                    """
                    SELECT n.nspname::text FROM pg_catalog.pg_class c
                    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind = 'r' AND c.relname = ANY ($2::name[]) AND n.nspname = ANY ($1)
                    GROUP BY n.nspname HAVING count(*) = cardinality($2::name[])
                    """,
                    row => row.GetString(0),
                    cancellationToken,
                    schemas,
                    MigratorTables.All
                )
                .ConfigureAwait(false)
        );

    /// <summary>What the transaction has created is gone with it.</summary>
    public void Forget() => _existing.Clear();

    /// <param name="schema">The schema of the tables.</param>
    /// <param name="isOpen">True if a transaction is open, in which they are written.</param>
    /// <param name="cancellationToken">Cancels their creation.</param>
    public async Task<HistoryWriter> WriterAsync(string schema, bool isOpen, CancellationToken cancellationToken)
    {
        var writer = new HistoryWriter(connection.Current, schema);
        if (!_existing.Contains(schema))
        {
            await writer.CreateTablesAsync(cancellationToken).ConfigureAwait(false);
            if (isOpen)
            {
                _existing.Add(schema);
            }
        }
        return writer;
    }

    /// <summary>Writes in the open transaction, or in one of its own.</summary>
    public async Task WriteAsync(string schema, bool isOpen, Func<HistoryWriter, Task> write)
    {
        var own = isOpen ? null : await connection.Current.BeginTransactionAsync().ConfigureAwait(false);
        try
        {
            await write(await WriterAsync(schema, isOpen, CancellationToken.None).ConfigureAwait(false))
                .ConfigureAwait(false);
            if (own is not null)
            {
                // It may wait for a standby: when the patience ends it is done, on the primary.
                using var patience = new CancellationTokenSource(storage.CommitTimeout);
                await own.CommitAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            Forget();
            if (failure is NpgsqlException refused)
            {
                throw refused.ToAccessException(MigrationPhase.Record, storage.Address);
            }
            throw;
        }
        finally
        {
            if (own is not null)
            {
                await own.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
