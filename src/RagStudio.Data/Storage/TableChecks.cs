using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

// The column names come from the configurations, never from input.
internal static class TableChecks
{
    /// <summary>Rejects text that is not valid JSON.</summary>
    public static void HasJsonCheck(this TableBuilder table, string column)
    {
        var columns = table.Metadata.FindAnnotation(JsonColumnConvention.Annotation)?.Value as string[] ?? [];
        table.Metadata.SetAnnotation(JsonColumnConvention.Annotation, columns.Append(column).ToArray());
    }

    /// <summary>Rejects text that is not stored for any member of <typeparamref name="TEnum"/>.</summary>
    public static void HasEnumCheck<TEnum>(this TableBuilder table, string column)
        where TEnum : struct, Enum
    {
        var texts = Enum.GetValues<TEnum>().Select(value => $"'{EnumTextConverter<TEnum>.Write(value)}'");
        table.HasCheckConstraint(NameOf(table, column), $"\"{column}\" IN ({string.Join(", ", texts)})");
    }

    private static string NameOf(TableBuilder table, string column) => $"CK_{table.Name}_{column}";
}
