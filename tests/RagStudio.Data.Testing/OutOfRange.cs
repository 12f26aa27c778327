using System.Reflection;

namespace RagStudio.Data.Testing;

/// <summary>Every option that has a range, with a value outside it: a new option cannot be forgotten.</summary>
public static class OutOfRange
{
    /// <summary>Returns options with one of them out of its range, and its configuration key.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    public static IEnumerable<(TOptions Options, string Key)> CasesOf<TOptions>()
        where TOptions : new() =>
        from path in Paths(typeof(TOptions))
        select (With<TOptions>(path), string.Join(':', path.Select(property => property.Name)));

    private static IEnumerable<PropertyInfo[]> Paths(Type type) =>
        from property in type.GetProperties()
        from path in Below(property)
        select path;

    private static IEnumerable<PropertyInfo[]> Below(PropertyInfo property) =>
        IsNested(property.PropertyType) ? Paths(property.PropertyType).Select(path => path.Prepend(property).ToArray())
        : Wrong(property.PropertyType) is not null
            ?
            [
                [property],
            ]
        : [];

    private static bool IsNested(Type type) =>
        type.Namespace!.StartsWith("RagStudio", StringComparison.Ordinal) && type.IsClass;

    private static object? Wrong(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            { IsEnum: true } choice => Enum.ToObject(choice, 999),
            var number when number == typeof(int) => int.MinValue,
            var number when number == typeof(long) => long.MinValue,
            var time when time == typeof(TimeSpan) => TimeSpan.MinValue,
            _ => null,
        };

    private static TOptions With<TOptions>(PropertyInfo[] path)
        where TOptions : new()
    {
        var options = new TOptions();
        object owner = options!;
        foreach (var property in path[..^1])
        {
            owner = property.GetValue(owner)!;
        }
        path[^1].SetValue(owner, Wrong(path[^1].PropertyType));
        return options;
    }
}
