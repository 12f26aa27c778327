using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Plan;

/// <summary>
/// Finds the values of a column that change or become unreadable when a rebuild copies them into a column of
/// another type.
/// </summary>
internal static class SqliteUnfitValues
{
    /// <summary>The number of digits that a floating-point number always preserves.</summary>
    private const int MaxDigits = 15;

    public static UnfitValues? Find(AlterColumnOperation operation, ColumnSchema column)
    {
        var name = SqliteText.Quote(column.Name);
        var (from, to) = (AffinityOf(column.Type), AffinityOf(operation.ColumnType ?? TypeOf(operation.ClrType)));
        if (from != to && ConditionOf(to, name) is { } condition)
        {
            return new UnfitValues(condition, AreLost: true);
        }
        return operation.MaxLength is { } length && !(operation.OldColumn.MaxLength <= length)
            ? new UnfitValues($"length({name}) > {length}", AreLost: false)
            : null;
    }

    /// <summary>
    /// Applies the rules of https://sqlite.org/datatype3.html#determination_of_column_affinity, in their
    /// order.
    /// </summary>
    public static SqliteAffinity AffinityOf(string type) =>
        type switch
        {
            _ when Has(type, "INT") => SqliteAffinity.Integer,
            _ when Has(type, "CHAR") || Has(type, "CLOB") || Has(type, "TEXT") => SqliteAffinity.Text,
            _ when type.Length == 0 || Has(type, "BLOB") => SqliteAffinity.Blob,
            _ when Has(type, "REAL") || Has(type, "FLOA") || Has(type, "DOUB") => SqliteAffinity.Real,
            _ => SqliteAffinity.Numeric,
        };

    /// <summary>
    /// The column type that EF uses by default:
    /// https://learn.microsoft.com/dotnet/standard/data/sqlite/types.
    /// </summary>
    private static string TypeOf(Type type)
    {
        var clr = Nullable.GetUnderlyingType(type) ?? type;
        return clr == typeof(byte[]) ? "BLOB"
            : clr == typeof(double) || clr == typeof(float) ? "REAL"
            : clr == typeof(decimal) ? "TEXT"
            : clr.IsEnum || (clr.IsPrimitive && clr != typeof(char)) ? "INTEGER"
            : "TEXT";
    }

    private static string? ConditionOf(SqliteAffinity to, string name) =>
        to switch
        {
            SqliteAffinity.Text => $"typeof({name}) = 'blob'",
            SqliteAffinity.Integer =>
                $"typeof({name}) = 'blob' OR (typeof({name}) = 'text' AND CAST(CAST({name} AS INTEGER) AS TEXT) <> {name}) "
                    + $"OR (typeof({name}) = 'real' AND CAST({name} AS INTEGER) <> {name})",
            SqliteAffinity.Real => $"{NoNumber(name)} OR (typeof({name}) = 'integer' AND abs({name}) > 1 << 53)",
            SqliteAffinity.Numeric => NoNumber(name),
            _ => null,
        };

    /// <summary>
    /// Text fits if converting it to a number and back yields the same number; an identifier with leading
    /// zeros does not.
    /// </summary>
    private static string NoNumber(string name) =>
        $"typeof({name}) = 'blob' OR (typeof({name}) = 'text' AND (CAST({name} AS NUMERIC) <> {name} OR {name} GLOB '0[0-9]*' "
        + $"OR length(ltrim(replace(replace({name}, '-', ''), '.', ''), '0')) > {MaxDigits}))";

    private static bool Has(string type, string part) => type.Contains(part, StringComparison.OrdinalIgnoreCase);
}
