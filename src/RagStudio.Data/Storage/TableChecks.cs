using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

// The column names come from the configurations, never from input.
internal static class TableChecks
{
    /// <summary>
    /// Rejects text that is not valid JSON. NULL is tested explicitly: before SQLite 3.45 json_valid(NULL)
    /// was 0.
    /// </summary>
    public static void HasJsonCheck(this TableBuilder table, string column) =>
        table.HasCheckConstraint(NameOf(table, column), $"\"{column}\" IS NULL OR json_valid(\"{column}\")");

    /// <summary>Rejects text that is not stored for any member of <typeparamref name="TEnum"/>.</summary>
    public static void HasEnumCheck<TEnum>(this TableBuilder table, string column)
        where TEnum : struct, Enum
    {
        var texts = Enum.GetValues<TEnum>().Select(value => $"'{EnumTextConverter<TEnum>.Write(value)}'");
        table.HasCheckConstraint(NameOf(table, column), $"\"{column}\" IN ({string.Join(", ", texts)})");
    }

    private static string NameOf(TableBuilder table, string column) => $"CK_{table.Name}_{column}";
}
