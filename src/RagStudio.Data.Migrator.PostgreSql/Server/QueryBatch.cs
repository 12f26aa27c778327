using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>Queries in one round trip: others may be waiting for the locks of a run.</summary>
internal sealed class QueryBatch(NpgsqlConnection connection)
{
    private readonly List<(NpgsqlBatchCommand Command, Action<NpgsqlDataReader> Read)> _queries = [];

    /// <returns>The list that has the rows when <see cref="RunAsync"/> ends.</returns>
    public List<T> Add<T>(string sql, Func<NpgsqlDataReader, T> read, params List<object?> values)
    {
        var rows = new List<T>();
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(ServerQueries.Parameter(value));
        }
        _queries.Add((command, row => rows.Add(read(row))));
        return rows;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_queries.Count == 0)
        {
            return;
        }
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var (command, _) in _queries)
            {
                batch.BatchCommands.Add(command);
            }
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                foreach (var (_, read) in _queries)
                {
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        read(reader);
                    }
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}
