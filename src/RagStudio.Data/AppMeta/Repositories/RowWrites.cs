using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

internal static class RowWrites
{
    /// <summary>Inserts the context's only new row, whose only unique index is on its name.</summary>
    /// <returns>The row.</returns>
    public static async Task<TRow> InsertNamedAsync<TRow>(
        this AppMetaContext context,
        TRow row,
        string name,
        CancellationToken cancellationToken
    )
        where TRow : class
    {
        context.Add(row);
        await context.SaveNamedAsync(row, name, cancellationToken).ConfigureAwait(false);
        return row;
    }

    /// <summary>Reads a row, lets the caller change it, and writes what has changed, under the write lock.</summary>
    /// <param name="context">The context, which has no other change.</param>
    /// <param name="id">The row's id.</param>
    /// <param name="edit">Changes the row.</param>
    /// <param name="nameOf">Reads the name, which must be unique.</param>
    /// <param name="notEditable">The properties that other methods change.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>The row as it is stored now; null if there is none.</returns>
    /// <exception cref="ArgumentException">A property that is not editable was changed; nothing was written.</exception>
    public static async Task<TRow?> EditAsync<TRow>(
        this AppMetaContext context,
        string id,
        Action<TRow> edit,
        Func<TRow, string> nameOf,
        IReadOnlyList<string> notEditable,
        CancellationToken cancellationToken
    )
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(edit);
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        if (await context.FindAsync<TRow>([id], cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        edit(row);
        context.DemandUnchanged(row, notEditable);
        await context.SaveNamedAsync(row, nameOf(row), cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return row;
    }

    private static void DemandUnchanged<TRow>(this AppMetaContext context, TRow row, IReadOnlyList<string> properties)
        where TRow : class
    {
        var entry = context.Entry(row);
        if (properties.FirstOrDefault(property => entry.Property(property).IsModified) is { } changed)
        {
            throw new ArgumentException(
                $"{typeof(TRow).Name}.{changed} cannot be edited: another method changes it. Nothing was written."
            );
        }
    }

    private static async Task SaveNamedAsync<TRow>(
        this AppMetaContext context,
        TRow row,
        string name,
        CancellationToken cancellationToken
    )
        where TRow : class
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RowRefusedException e) when (e.Reason == RowRefusal.Duplicate)
        {
            throw new NameTakenException(context.Entry(row).Metadata.GetTableName()!, name, e);
        }
    }
}
