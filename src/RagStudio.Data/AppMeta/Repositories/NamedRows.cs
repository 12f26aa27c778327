using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

internal static class NamedRows
{
    private const int UniqueConstraint = 2067; // SQLITE_CONSTRAINT_UNIQUE; a taken primary key is another code

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
        catch (DbUpdateException e)
            when (e.InnerException is SqliteException { SqliteExtendedErrorCode: UniqueConstraint })
        {
            throw new NameTakenException(context.Entry(row).Metadata.GetTableName()!, name, e);
        }
    }
}
