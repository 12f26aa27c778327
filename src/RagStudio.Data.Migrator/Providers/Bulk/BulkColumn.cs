using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>A column of a <see cref="BulkTable"/>.</summary>
/// <param name="Column">The column.</param>
/// <param name="Mapping">How its values are read and written.</param>
public sealed record BulkColumn(IColumn Column, RelationalTypeMapping Mapping)
{
    /// <summary>The column's name.</summary>
    public string Name => Column.Name;

    /// <summary>The column of the database as type name without its facets.</summary>
    public string StoreType => Mapping.StoreTypeNameBase;
}
