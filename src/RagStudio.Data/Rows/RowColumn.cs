using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RagStudio.Data;

/// <summary>A column of a table.</summary>
/// <param name="property">The property that it stores.</param>
internal sealed class RowColumn(IProperty property)
{
    public string Name { get; } = property.GetColumnName();

    /// <summary>The type of the property's values.</summary>
    public Type Type { get; } = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;

    public bool IsNullable { get; } = property.IsNullable;

    /// <summary>True if the database counts its values.</summary>
    public bool IsCounted { get; } =
        property is { ValueGenerated: ValueGenerated.OnAdd }
        && property.IsPrimaryKey()
        && property.ClrType == typeof(long);
}
