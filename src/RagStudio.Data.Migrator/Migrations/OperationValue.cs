using System.Globalization;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>Renders a single value of an operation, independent of culture and time zone.</summary>
internal static class OperationValue
{
    /// <summary>
    /// Converts an enum to the number that the database stores: its member names, type name and namespace may
    /// change.
    /// </summary>
    public static object Plain(object value) =>
        value is Enum
            ? Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), CultureInfo.InvariantCulture)
            : value;

    public static string Render(object value) =>
        value switch
        {
            // A local time would otherwise be rendered with this machine's time zone.
            DateTime time => Format(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), "O") + time.Kind,
            DateTimeOffset or DateOnly or TimeOnly => Format((IFormattable)value, "O"),
            float or double or Half => Format((IFormattable)value, "R"),
            IFormattable formattable => Format(formattable, null),
            _ => value.ToString() ?? "",
        };

    /// <summary>
    /// Returns the name of a type without assembly versions, which <see cref="Type.FullName"/> of a generic
    /// type contains.
    /// </summary>
    public static string NameOf(Type type) =>
        type switch
        {
            { IsEnum: true } => NameOf(Enum.GetUnderlyingType(type)),
            { IsArray: true } => $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]",
            { IsConstructedGenericType: true } => string.Concat(
                NameOf(type.GetGenericTypeDefinition()),
                "<",
                string.Join(',', type.GetGenericArguments().Select(NameOf)),
                ">"
            ),
            { DeclaringType: { } outer } => $"{NameOf(outer)}+{type.Name}",
            _ => $"{type.Namespace}.{type.Name}",
        };

    /// <summary>True if the items of a collection have no order.</summary>
    public static bool IsSet(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));

    private static string Format(IFormattable value, string? format) =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
