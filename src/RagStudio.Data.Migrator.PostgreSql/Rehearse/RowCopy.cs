using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Rehearse;

/// <summary>
/// Copies rows between databases as text: the binary form of some types has oids in it, which differ between databases.
/// </summary>
internal sealed class RowCopy(NpgsqlConnection from, NpgsqlConnection to)
{
    private const int RowsAtOnce = 10_000;

    private readonly char[] _buffer = new char[32 * 1024];

    /// <returns>The number of copied rows.</returns>
    /// <exception cref="NoScratchException">The rows do not fit into the other database.</exception>
    public async Task<long> CopyAsync(LiveTable table, SelectedRows rows, CancellationToken cancellationToken)
    {
        if (rows.AreAll)
        {
            return await CopyAsync(table, where: "", cancellationToken).ConfigureAwait(false);
        }
        var copied = 0L;
        foreach (var (relation, places) in rows.Places)
        {
            foreach (var some in places.Chunk(RowsAtOnce))
            {
                // COPY takes no parameters. A place has digits, a comma and parentheses.
                var list = PostgreSqlText.Literal($"{{{string.Join(',', some.Select(place => $"\"{place}\""))}}}");
                var where = string.Create(
                    CultureInfo.InvariantCulture,
                    $" WHERE tableoid = {relation}::oid AND ctid = ANY ({list}::tid[])"
                );
                copied += await CopyAsync(table, where, cancellationToken).ConfigureAwait(false);
            }
        }
        return copied;
    }

    private async Task<long> CopyAsync(LiveTable table, string where, CancellationToken cancellationToken)
    {
        var reading = await from.BeginTextExportAsync(
                $"COPY (SELECT {table.ColumnList} FROM {table.From}{where}) TO STDOUT",
                cancellationToken
            )
            .ConfigureAwait(false);
        using (reading)
        {
            try
            {
                var writing = await to.BeginTextImportAsync(
                        $"COPY {table.Sql} ({table.ColumnList}) FROM STDIN",
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                await using (writing.ConfigureAwait(false))
                {
                    return await PumpAsync(reading, writing, cancellationToken).ConfigureAwait(false);
                }
            }
            // The server's own message may have a value of the row in it.
            catch (PostgresException refused)
            {
                var what = refused.ConstraintName is { } constraint ? $" violate {constraint}" : " do not fit";
                throw new NoScratchException(
                    $"the rows of '{table.Name}'{what} in a database that its migrations have created (SQLSTATE {refused.SqlState}).",
                    refused
                );
            }
        }
    }

    /// <summary>A row is a line: a line break within a value is escaped.</summary>
    private async Task<long> PumpAsync(TextReader reading, TextWriter writing, CancellationToken cancellationToken)
    {
        var lines = 0L;
        int read;
        while ((read = await reading.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            lines += _buffer.AsSpan(0, read).Count('\n');
            await writing.WriteAsync(_buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
        return lines;
    }
}
