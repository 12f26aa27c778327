using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>Writes every row of RAG Studio's databases to a file of JSON lines, which <see cref="RowImport"/> reads.</summary>
/// <remarks>
/// <para>The first line names the format and the columns of each table; one line for each row follows, with the values as
/// the model reads them; the last line has the number of rows of each table, and a SHA-256 over all lines before it.</para>
/// <para>Thread-safe. Writers are not blocked. A database is read as it was at one moment; rows and events in two databases,
/// at two.</para>
/// </remarks>
/// <param name="appMeta">Creates the context of the rows.</param>
/// <param name="events">Creates the context of the events.</param>
public sealed class RowExport(IDbContextFactory<AppMetaContext> appMeta, IDbContextFactory<EventsContext> events)
{
    /// <summary>Writes all rows.</summary>
    /// <param name="output">
    /// Receives the file; it is flushed, but stays open. If the call throws, what it has received is worthless, and no import
    /// accepts it.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="InvalidDataException">
    /// A value cannot be read without changing it, such as text in a column of numbers.
    /// </exception>
    public async Task<RowTotals> ExportAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var rows = appMeta.CreateDbContext();
        using var log = events.CreateDbContext();
        using var snapshot = await BeginReadAsync(rows, cancellationToken).ConfigureAwait(false);
        if (RagStudioTransaction.AreOneDatabase(rows, log))
        {
            var enlisted = new EnlistedContexts<EventsContext>(log, snapshot, options => new EventsContext(options));
            using var shared = enlisted.CreateDbContext();
            return await ExportAsync(rows, shared, output, cancellationToken).ConfigureAwait(false);
        }
        using var second = await BeginReadAsync(log, cancellationToken).ConfigureAwait(false);
        return await ExportAsync(rows, log, output, cancellationToken).ConfigureAwait(false);
    }

    private static Task<IDbContextTransaction> BeginReadAsync(DbContext context, CancellationToken cancellationToken) =>
        StorageProvider.Of(context).BeginReadAsync(context.Database, cancellationToken);

    private static async Task<RowTotals> ExportAsync(
        AppMetaContext rows,
        EventsContext log,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        RowTable[] tables = [.. RowTable.Of(rows), .. RowTable.Of(log)];
        var counts = new Dictionary<string, long>();
        using var file = new RowFileWriter(output);
        await file.WriteHeaderAsync(tables, cancellationToken).ConfigureAwait(false);
        foreach (var table in tables)
        {
            counts[table.Name] = await table
                .ReadAsync(
                    table.Select(),
                    reader => file.WriteAsync(table, reader, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        return await file.EndAsync(counts, cancellationToken).ConfigureAwait(false);
    }
}
