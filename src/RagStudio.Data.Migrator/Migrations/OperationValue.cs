using System.Globalization;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>Renders a single value of an operation, the same in every culture and time zone.</summary>
internal static class OperationValue
{
    /// <summary>An enum as the number that the database gets: its names, its own name and its place may change.</summary>
    public static object Plain(object value) =>
        value is Enum
            ? Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), CultureInfo.InvariantCulture)
            : value;

    public static string Render(object value) =>
        value switch
        {
            // Rendered by itself, a local time would have the time zone of this machine.
            DateTime time => Format(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), "O") + time.Kind,
            DateTimeOffset or DateOnly or TimeOnly => Format((IFormattable)value, "O"),
            float or double or Half => Format((IFormattable)value, "R"),
            IFormattable formattable => Format(formattable, null),
            _ => value.ToString() ?? "",
        };

    /// <summary>The name of a type without versions of assemblies, which <see cref="Type.FullName"/> of a generic type has.</summary>
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

    /// <summary>Whether the items of a collection have no order of their own.</summary>
    public static bool IsSet(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));

    private static string Format(IFormattable value, string? format) =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
