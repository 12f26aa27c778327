using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

// The column names come from the configurations, never from outside.
internal static class TableChecks
{
    /// <summary>Refuses text that is not valid JSON. NULL is named: before SQLite 3.45 json_valid(NULL) was 0.</summary>
    public static void HasJsonCheck(this TableBuilder table, string column) =>
        table.HasCheckConstraint(NameOf(table, column), $"\"{column}\" IS NULL OR json_valid(\"{column}\")");

    /// <summary>Refuses text that no member of <typeparamref name="TEnum"/> is stored as.</summary>
    public static void HasEnumCheck<TEnum>(this TableBuilder table, string column)
        where TEnum : struct, Enum
    {
        var texts = Enum.GetValues<TEnum>().Select(value => $"'{EnumTextConverter<TEnum>.Write(value)}'");
        table.HasCheckConstraint(NameOf(table, column), $"\"{column}\" IN ({string.Join(", ", texts)})");
    }

    private static string NameOf(TableBuilder table, string column) => $"CK_{table.Name}_{column}";
}
