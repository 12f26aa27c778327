using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal static class ColumnExtensions
{
    /// <summary>
    /// Gives the column a DEFAULT for other writers, while EF always writes the property's own value.
    /// </summary>
    /// <remarks>
    /// On a column with a DEFAULT, EF treats a CLR default (<c>false</c>, 0) as "not set" and lets the
    /// database choose: <c>enabled = false</c> would be stored as true. The entities' initializers contain
    /// the same defaults.
    /// </remarks>
    public static PropertyBuilder<T> HasStoredDefault<T>(this PropertyBuilder<T> column, T value) =>
        column.HasDefaultValue(value).ValueGeneratedNever();

    /// <summary>Stores the member's name in lower case.</summary>
    public static PropertyBuilder<TEnum> HasEnumText<TEnum>(this PropertyBuilder<TEnum> column)
        where TEnum : struct, Enum => column.HasConversion<EnumTextConverter<TEnum>>();
}
