using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>Finds all values of the source that the target cannot hold, before anything is written.</summary>
internal sealed class FitCheck(IBulkRows source, IBulkRows target, RowProgress progress, MisfitList misfits)
{
    public async Task RunAsync(CopyTable table, CancellationToken cancellationToken)
    {
        progress.Report(MigrationPhase.Plan, table);
        var keys = FoldedKey.Of(table, target);
        var written = new object?[table.Columns.Count];
        await foreach (
            var row in source
                .ReadAsync(table.Source, cancellationToken)
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            for (var i = 0; i < written.Length; i++)
            {
                written[i] = Check(table, i, row);
            }
            foreach (var key in keys)
            {
                if (!key.Add(written))
                {
                    misfits.Add(table, key.Name, "is equal to another row for a unique key of the target", row);
                }
            }
            progress.Count(MigrationPhase.Plan, table);
        }
    }

    /// <returns>The value for the target; <see langword="null"/> if it does not fit.</returns>
    private object? Check(CopyTable table, int index, object?[] row)
    {
        var column = table.Columns[index];
        var (value, reason) = Convert(column, row[index]);
        reason ??=
            value is not null ? target.FindMisfit(column.Target, value)
            : column.Target.Column.IsNullable ? null
            : "is NULL";
        if (reason is null)
        {
            return value;
        }
        misfits.Add(table, column.Source.Name, reason, row);
        return null;
    }

    private static (object? Value, string? Reason) Convert(CopyColumn column, object? value)
    {
        if (value is UnreadableValue unreadable)
        {
            return (null, unreadable.Reason);
        }
        try
        {
            return (column.ToTarget(column.FromSource(value)), null);
        }
        // Converters are the application's: whatever they throw says that the value cannot be converted.
        catch (Exception failure)
        {
            return (null, $"cannot be converted ({failure.GetType().Name})");
        }
    }
}
