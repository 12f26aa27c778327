using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace RagStudio.Data;

/// <summary>
/// Sorts and compares the text of keys and indexes by its bytes, as SQLite does: the order does not depend on the
/// database's collation, and no update of a library makes an index wrong.
/// </summary>
/// <param name="isForAllText">True to do so with all text.</param>
internal sealed class PostgreSqlColumnConvention(bool isForAllText) : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(
        IConventionModelBuilder modelBuilder,
        IConventionContext<IConventionModelBuilder> context
    )
    {
        foreach (var column in modelBuilder.Metadata.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            RemoveSqlite(column);
            if (IsText(column) && (isForAllText || column.IsKey() || column.IsForeignKey() || column.IsIndex()))
            {
                column.Builder.UseCollation("C");
            }
        }
    }

    private static bool IsText(IConventionProperty column) =>
        column.GetColumnType() is null or "text"
        && (column.GetValueConverter()?.ProviderClrType ?? column.GetProviderClrType() ?? column.ClrType)
            == typeof(string);

    /// <summary>What a configuration says to SQLite alone.</summary>
    private static void RemoveSqlite(IConventionProperty column)
    {
        foreach (
            var annotation in column
                .GetAnnotations()
                .Where(one => one.Name.StartsWith("Sqlite:", StringComparison.Ordinal))
                .ToList()
        )
        {
            ((IMutableProperty)column).RemoveAnnotation(annotation.Name);
        }
    }
}
