using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

internal static class NamedRows
{
    /// <summary>Inserts the context's only new row, whose only unique index is on its name.</summary>
    public static async Task InsertNamedAsync<TRow>(
        this AppMetaContext context,
        TRow row,
        string name,
        CancellationToken cancellationToken
    )
        where TRow : class
    {
        context.Add(row);
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
