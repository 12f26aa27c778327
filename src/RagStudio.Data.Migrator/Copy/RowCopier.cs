using System.Runtime.CompilerServices;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>Copies the rows of one table after the other, and computes what is compared.</summary>
internal sealed class RowCopier(RowProgress progress)
{
    /// <summary>Copies a table.</summary>
    /// <returns>The hash of what was read.</returns>
    public async Task<RowDigest> CopyAsync(
        CopyTable table,
        IBulkRows source,
        IBulkRows target,
        CancellationToken cancellationToken
    )
    {
        var digest = new RowDigest(table);
        progress.Report(MigrationPhase.Apply, table);
        await target
            .WriteAsync(table.Target, ConvertAsync(table, source, digest, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        var last = await source.ReadIdentitiesAsync(table.Source, cancellationToken).ConfigureAwait(false);
        await target.SetIdentitiesAsync(table.Target, last, cancellationToken).ConfigureAwait(false);
        return digest;
    }

    /// <summary>Computes the hash of a table of the source.</summary>
    public async Task<RowDigest> ReadSourceAsync(CopyTable table, IBulkRows source, CancellationToken cancellationToken)
    {
        var digest = new RowDigest(table);
        await foreach (
            var _ in ConvertAsync(table, source, digest, cancellationToken)
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        ) { }
        return digest;
    }

    /// <summary>Computes the hash of a table of the target.</summary>
    public async Task<RowDigest> ReadTargetAsync(CopyTable table, IBulkRows target, CancellationToken cancellationToken)
    {
        var digest = new RowDigest(table);
        progress.Report(MigrationPhase.Validate, table);
        await foreach (
            var row in target
                .ReadAsync(table.Target, cancellationToken)
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            digest.Begin();
            for (var i = 0; i < row.Length; i++)
            {
                digest.Add(i, table.Columns[i].FromTarget(Readable(table, i, row)), row[i]);
            }
            digest.End();
            progress.Count(MigrationPhase.Validate, table);
        }
        return digest;
    }

    private async IAsyncEnumerable<object?[]> ConvertAsync(
        CopyTable table,
        IBulkRows source,
        RowDigest digest,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var written = new object?[table.Columns.Count];
        await foreach (
            var row in source
                .ReadAsync(table.Source, cancellationToken)
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            digest.Begin();
            for (var i = 0; i < written.Length; i++)
            {
                var column = table.Columns[i];
                var model = column.FromSource(Readable(table, i, row));
                written[i] = column.ToTarget(model);
                digest.Add(i, model, written[i]);
            }
            digest.End();
            progress.Count(MigrationPhase.Apply, table);
            yield return written;
        }
    }

    private static object? Readable(CopyTable table, int index, object?[] row) =>
        row[index] is UnreadableValue unreadable
            ? throw new InvalidOperationException(
                $"{table.Target.Name}.{table.Columns[index].Target.Name} {unreadable.Reason} in {table.NameOf(row)}."
            )
            : row[index];
}
