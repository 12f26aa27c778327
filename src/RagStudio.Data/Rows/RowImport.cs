using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Reads the file that <see cref="RowExport"/> writes into empty databases, on any provider.</summary>
/// <remarks>
/// <para>Ids, references, and the JSON of events stay as they are, and counters go on behind the largest id. Settings that a
/// migration has inserted are replaced. Nobody else can write meanwhile.</para>
/// <para>Rows and events in one database are committed as one. Two databases are committed one after the other, rows first,
/// as with <see cref="TransactionKind.AppMetaThenEvents"/>.</para>
/// <para>Thread-safe.</para>
/// </remarks>
/// <param name="transactions">Begins the transaction.</param>
public sealed class RowImport(RagStudioTransactions transactions)
{
    /// <summary>The creation and last change of a setting that a migration has inserted and nobody changed.</summary>
    private static readonly DateTimeOffset Seeded = new(2025, 8, 18, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Imports all rows, and commits them once the whole file is verified, and the numbers of rows, references, and checksums
    /// of events have been checked in the database.
    /// </summary>
    /// <param name="input">The file; it stays open.</param>
    /// <param name="cancellationToken">Cancels the call before anything is committed.</param>
    /// <returns>What was imported.</returns>
    /// <exception cref="DatabaseNotEmptyException">A table contains rows.</exception>
    /// <exception cref="RowFileException">
    /// The file was cut or altered, is of another version, or contains a row that cannot be stored.
    /// </exception>
    /// <exception cref="PartialCommitException">
    /// The rows are committed, but the events in the other database are not: import again, into new databases.
    /// </exception>
    public async Task<RowTotals> ImportAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var transaction = await transactions
            .BeginAsync(TransactionKind.AppMetaThenEvents, cancellationToken)
            .ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        using var rows = transaction.AppMeta.CreateDbContext();
        using var log = transaction.Log.CreateDbContext();
        IReadOnlyList<RowTable>[] databases = [RowTable.Of(rows), RowTable.Of(log)];
        RowTable[] tables = [.. databases.SelectMany(database => database)];
        using var file = new RowFileReader(input, tables);

        await ExcludeWritersAsync(databases, cancellationToken).ConfigureAwait(false);
        await DemandEmptyAsync(rows, tables, cancellationToken).ConfigureAwait(false);
        var totals = await InsertAsync(file, tables, cancellationToken).ConfigureAwait(false);
        foreach (var table in tables)
        {
            await CheckAsync(file, table, totals.Rows[table.Name], cancellationToken).ConfigureAwait(false);
        }
        await CheckEventsAsync(file, tables.Single(table => table.Name == "events"), cancellationToken)
            .ConfigureAwait(false);
        foreach (var table in tables)
        {
            await CountOnAsync(table, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return totals;
    }

    private static async Task ExcludeWritersAsync(
        IReadOnlyList<RowTable>[] databases,
        CancellationToken cancellationToken
    )
    {
        foreach (var tables in databases)
        {
            var context = tables[0].Context;
            await StorageProvider
                .Of(context)
                .ExcludeWritersAsync(context.Database, tables.Select(table => table.Sql), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task DemandEmptyAsync(
        AppMetaContext rows,
        RowTable[] tables,
        CancellationToken cancellationToken
    )
    {
        await rows
            .Settings.Where(setting => setting.CreatedAt == Seeded && setting.UpdatedAt == Seeded)
            .ExecuteDeleteAsync(cancellationToken)
            .ConfigureAwait(false);
        var filled = new List<string>();
        foreach (var table in tables)
        {
            var first = $"SELECT count(*) FROM (SELECT 1 FROM {table.Sql} LIMIT 1) AS one";
            if (await table.CountAsync(first, cancellationToken).ConfigureAwait(false) > 0)
            {
                filled.Add(table.Name);
            }
        }
        if (filled.Count > 0)
        {
            throw new DatabaseNotEmptyException(filled);
        }
    }

    private static async Task<RowTotals> InsertAsync(
        RowFileReader file,
        RowTable[] tables,
        CancellationToken cancellationToken
    )
    {
        var inserts = tables.ToDictionary(
            table => table,
            table =>
                PreparedStatement.Insert(table.Context, table.Name, [.. table.Columns.Select(column => column.Name)])
        );
        try
        {
            return await file.ReadAsync(InsertRowAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var insert in inserts.Values)
            {
                insert.Dispose();
            }
        }

        async Task InsertRowAsync(RowTable table, object?[] values)
        {
            try
            {
                await inserts[table].ExecuteAsync(values, cancellationToken).ConfigureAwait(false);
            }
            catch (RowRefusedException refused) when (refused.Reason is not (RowRefusal.Busy or RowRefusal.Unavailable))
            {
                // Not as an inner exception: a server tells where in the row it stopped.
                var answer = refused.InnerException!.Message.Split('\n')[0].TrimEnd('.');
                throw file.Fault($"The database refuses the row of {table.Name} ({refused.Reason}): {answer}.");
            }
        }
    }

    private static async Task CheckAsync(
        RowFileReader file,
        RowTable table,
        long rows,
        CancellationToken cancellationToken
    )
    {
        var stored = await table
            .CountAsync($"SELECT count(*) FROM {table.Sql}", cancellationToken)
            .ConfigureAwait(false);
        if (stored != rows)
        {
            throw file.Fault(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It counts {rows} rows of {table.Name}, but the database has {stored}."
                )
            );
        }
        foreach (var orphans in table.Orphans())
        {
            if (await table.CountAsync(orphans, cancellationToken).ConfigureAwait(false) > 0)
            {
                throw file.Fault($"Rows of {table.Name} refer to rows that are not in the file.");
            }
        }
    }

    private static async Task CountOnAsync(RowTable table, CancellationToken cancellationToken)
    {
        var database = table.Context.Database;
        foreach (var column in table.Columns.Where(column => column.IsCounted))
        {
            await StorageProvider
                .Of(table.Context)
                .CountOnAsync(database, table.Sql, column.Name, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task CheckEventsAsync(RowFileReader file, RowTable events, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        var pass = new ChecksumPass((position, _) => wrong.Add(position));
        EventRow? row = null;
        await events
            .ReadAsync(
                events.Select(),
                reader =>
                {
                    pass.Inspect(row ??= new EventRow(events, reader));
                    return ValueTask.CompletedTask;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        pass.End();
        if (wrong.Count > 0)
        {
            throw file.Fault(
                $"{wrong.Count} events do not match their checksums; the first is at position {wrong[0]} of the log."
            );
        }
    }
}
