using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>Reads the operations of archived migrations.</summary>
internal static class OperationReader
{
    /// <summary>The property with the type of an operation.</summary>
    public const string Operation = "operation";

    /// <summary>The property with the annotations of an operation.</summary>
    public const string Annotations = "annotations";

    /// <summary>The property with the type of a value that JSON has no type for; the value follows it.</summary>
    public const string Type = "type";

    /// <summary>The name of the namespace that is left out of the types of operations.</summary>
    private static readonly string EFOperations = typeof(MigrationOperation).Namespace + ".";

    /// <exception cref="InvalidDataException">The operation, or a part of it, is unknown.</exception>
    public static MigrationOperation Read(JsonElement json)
    {
        var operation = New(CompiledReader.Text(json, Operation));
        foreach (var property in json.EnumerateObject())
        {
            if (property.NameEquals(Annotations))
            {
                foreach (var annotation in property.Value.EnumerateObject())
                {
                    operation.SetAnnotation(annotation.Name, Value(annotation.Value, typeof(object)));
                }
            }
            else if (!property.NameEquals(Operation))
            {
                Set(operation, property.Name, property.Value);
            }
        }
        return operation;
    }

    /// <summary>The name by which a type of operations is found again.</summary>
    public static string NameOf(Type type) =>
        type.Assembly == typeof(MigrationOperation).Assembly
            ? type.FullName![EFOperations.Length..]
            : $"{type.FullName}, {type.Assembly.GetName().Name}";

    private static MigrationOperation New(string name) =>
        (
            name.Contains(',', StringComparison.Ordinal)
                ? System.Type.GetType(name)
                : typeof(MigrationOperation).Assembly.GetType(EFOperations + name)
        )
            ?.GetConstructor(System.Type.EmptyTypes)
            ?.Invoke(null) as MigrationOperation
        ?? throw new InvalidDataException($"there is no operation '{name}'.");

    private static void Set(MigrationOperation operation, string name, JsonElement json)
    {
        var property =
            Array.Find(operation.GetType().GetProperties(), property => property.Name == name)
            ?? throw new InvalidDataException($"{operation.GetType().Name} has no property '{name}'.");
        if (property.SetMethod?.IsPublic == true)
        {
            property.SetValue(operation, Value(json, property.PropertyType));
            return;
        }
        var items = (IList)property.GetValue(operation)!;
        foreach (var item in json.EnumerateArray())
        {
            items.Add(Value(item, typeof(object)));
        }
    }

    private static object? Value(JsonElement json, Type target) =>
        json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => json.GetString(),
            JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
            JsonValueKind.Array => Items(json, target),
            _ when json.TryGetProperty(Operation, out _) => Read(json),
            _ when json.TryGetProperty("columns", out var columns) => Table(json, columns.GetInt32()),
            _ => Typed(json, target),
        };

    private static Array Items(JsonElement json, Type target)
    {
        object?[] items = [.. json.EnumerateArray().Select(item => Value(item, typeof(object)))];
        return target == typeof(bool[]) ? Array.ConvertAll(items, item => (bool)item!)
            : target == typeof(object[]) ? items
            : Array.TrueForAll(items, item => item is string) ? Array.ConvertAll(items, item => (string)item!)
            : items;
    }

    /// <summary>The values of rows.</summary>
    private static object?[,] Table(JsonElement json, int columns)
    {
        var rows = CompiledReader.Get(json, "rows").GetInt32();
        var table = new object?[rows, columns];
        var at = 0;
        foreach (var value in CompiledReader.Get(json, "values").EnumerateArray())
        {
            table[at / columns, at % columns] = Value(value, typeof(object));
            at++;
        }
        return table;
    }

    private static object Typed(JsonElement json, Type target)
    {
        var text = CompiledReader.Text(json, "value");
        var value = Parse(CompiledReader.Text(json, Type), text);
        var plain = Nullable.GetUnderlyingType(target) ?? target;
        return plain.IsEnum ? Enum.ToObject(plain, value) : value;
    }

    private static object Parse(string type, string text) =>
        type switch
        {
            "System.Type" => FindType(text),
            "System.Byte[]" => Convert.FromBase64String(text),
            "System.Char" => text[0],
            "System.Byte" => byte.Parse(text, CultureInfo.InvariantCulture),
            "System.SByte" => sbyte.Parse(text, CultureInfo.InvariantCulture),
            "System.Int16" => short.Parse(text, CultureInfo.InvariantCulture),
            "System.UInt16" => ushort.Parse(text, CultureInfo.InvariantCulture),
            "System.Int32" => int.Parse(text, CultureInfo.InvariantCulture),
            "System.UInt32" => uint.Parse(text, CultureInfo.InvariantCulture),
            "System.Int64" => long.Parse(text, CultureInfo.InvariantCulture),
            "System.UInt64" => ulong.Parse(text, CultureInfo.InvariantCulture),
            "System.Single" => float.Parse(text, CultureInfo.InvariantCulture),
            "System.Double" => double.Parse(text, CultureInfo.InvariantCulture),
            "System.Decimal" => decimal.Parse(text, CultureInfo.InvariantCulture),
            "System.Guid" => Guid.Parse(text),
            "System.TimeSpan" => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
            "System.DateOnly" => DateOnly.Parse(text, CultureInfo.InvariantCulture),
            "System.TimeOnly" => TimeOnly.Parse(text, CultureInfo.InvariantCulture),
            "System.DateTimeOffset" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
            // Without the kind, which a text has only together with an offset.
            "System.DateTime/Utc" => Time(text, DateTimeKind.Utc),
            "System.DateTime/Local" => Time(text, DateTimeKind.Local),
            "System.DateTime/Unspecified" => Time(text, DateTimeKind.Unspecified),
            _ => throw new InvalidDataException($"there is no value of the type '{type}'."),
        };

    private static DateTime Time(string text, DateTimeKind kind) =>
        DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), kind);

    /// <summary>A type of a column that the program has no longer says nothing: the column's SQL is there.</summary>
    private static Type FindType(string name) =>
        System.Type.GetType(name, assembly => FindAssembly(assembly), typeResolver: null) ?? typeof(object);

    private static Assembly? FindAssembly(AssemblyName name) =>
        Array.Find(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == name.Name);
}
