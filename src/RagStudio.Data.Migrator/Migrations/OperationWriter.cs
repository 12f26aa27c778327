using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// Writes operations so that <see cref="OperationReader"/> makes the same of them, by the properties that
/// <see cref="OperationText"/> renders.
/// </summary>
internal static class OperationWriter
{
    /// <exception cref="InvalidOperationException">An operation cannot be written.</exception>
    public static JsonArray Describe(IEnumerable<MigrationOperation> operations, string efProvider) =>
        new([.. operations.Select(operation => Describe(operation, efProvider))]);

    private static JsonObject Describe(MigrationOperation operation, string efProvider)
    {
        var type = operation.GetType();
        // EF's providers bear the name of their assembly.
        if (type.Assembly != typeof(MigrationOperation).Assembly && type.Assembly.GetName().Name != efProvider)
        {
            throw new InvalidOperationException($"it has an operation of the type {type.Name}, which is not EF's");
        }
        var described = new JsonObject { [OperationReader.Operation] = OperationReader.NameOf(type) };
        foreach (var (name, value) in OperationProperties.NonDefault(operation))
        {
            described[name] = Describe(value, efProvider);
        }
        JsonObject annotations = new(
            OperationText
                .Annotations(operation)
                .Select(one => KeyValuePair.Create(one.Name, Describe(one.Value, efProvider)))
        );
        if (annotations.Count > 0)
        {
            described[OperationReader.Annotations] = annotations;
        }
        return described;
    }

    private static JsonNode? Describe(object? value, string efProvider) =>
        value switch
        {
            null => null,
            string text => text,
            bool truth => truth,
            byte[] bytes => Typed("System.Byte[]", Convert.ToBase64String(bytes)),
            Type type => Typed("System.Type", NameOf(type)),
            DateTime time => Typed(
                $"System.DateTime/{time.Kind}",
                OperationValue.Render(DateTime.SpecifyKind(time, DateTimeKind.Unspecified))[
                    ..^nameof(DateTimeKind.Unspecified).Length
                ]
            ),
            MigrationOperation operation => Describe(operation, efProvider),
            object?[,] table => Describe(table, efProvider),
            Array or System.Collections.IList => new JsonArray([
                .. ((System.Collections.IEnumerable)value).Cast<object?>().Select(item => Describe(item, efProvider)),
            ]),
            System.Collections.IEnumerable => throw new InvalidOperationException(
                $"it has a value of the type {value.GetType().Name}, which cannot be kept"
            ),
            _ => Typed(
                OperationValue.NameOf(OperationValue.Plain(value).GetType()),
                OperationValue.Render(OperationValue.Plain(value))
            ),
        };

    private static JsonObject Describe(object?[,] table, string efProvider) =>
        new()
        {
            ["rows"] = table.GetLength(0),
            ["columns"] = table.GetLength(1),
            ["values"] = new JsonArray([.. table.Cast<object?>().Select(value => Describe(value, efProvider))]),
        };

    private static JsonObject Typed(string type, string value) =>
        new() { [OperationReader.Type] = type, ["value"] = value };

    /// <summary>Names a type by its assembly without a version. An enum is the number that the database stores.</summary>
    private static string NameOf(Type type)
    {
        var plain = type.IsEnum ? Enum.GetUnderlyingType(type) : type;
        return plain.Assembly == typeof(object).Assembly
            ? plain.FullName!
            : $"{plain.FullName}, {plain.Assembly.GetName().Name}";
    }
}
