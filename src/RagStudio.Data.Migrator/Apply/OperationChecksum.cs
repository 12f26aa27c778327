using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator;

/// <summary>
/// A checksum of what a migration does, over a canonical rendering of its operations and not of its SQL, which a patch
/// release of EF may generate differently for an unchanged migration. A property at its default is left out, so that one that a
/// release adds changes nothing; names are sorted and values rendered the same in every culture.
/// </summary>
internal static class OperationChecksum
{
    public static string Of(IEnumerable<MigrationOperation> up, IEnumerable<MigrationOperation> down)
    {
        var text = new StringBuilder();
        Append(text.Append("up"), up);
        Append(text.Append("down"), down);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or char:
                AppendText(text, value.ToString()!);
                break;
            case Type type:
                AppendText(text, type.FullName ?? type.Name);
                break;
            case byte[] bytes:
                AppendText(text, Convert.ToHexString(bytes));
                break;
            case MigrationOperation operation:
                AppendOperation(text, operation);
                break;
            case IEnumerable items:
                AppendItems(text, items);
                break;
            default:
                AppendText(text, Render(value));
                break;
        }
    }

    /// <summary>With its length before it, no text can pass for another's structure.</summary>
    private static void AppendText(StringBuilder text, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}");

    private static void AppendItems(StringBuilder text, IEnumerable items)
    {
        text.Append('[');
        foreach (var item in items)
        {
            Append(text, item);
            text.Append(',');
        }
        text.Append(']');
    }

    private static void AppendOperation(StringBuilder text, MigrationOperation operation)
    {
        text.Append(operation.GetType().Name).Append('{');
        foreach (var (name, value) in Properties(operation))
        {
            Append(text.Append(name).Append('='), value);
        }

        foreach (var annotation in operation.GetAnnotations().OrderBy(a => a.Name, StringComparer.Ordinal))
        {
            Append(text.Append('@').Append(annotation.Name).Append('='), annotation.Value);
        }

        text.Append('}');
    }

    private static IEnumerable<(string Name, object? Value)> Properties(MigrationOperation operation) =>
        from property in operation.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.GetIndexParameters().Length == 0 && property.CanRead
        where property.Name is not nameof(MigrationOperation.IsDestructiveChange)
        let value = property.GetValue(operation)
        where !IsDefault(value)
        orderby property.Name
        select (property.Name, value);

    private static bool IsDefault(object? value) =>
        value switch
        {
            null => true,
            Annotatable => false,
            string => false,
            ICollection collection => collection.Count == 0,
            ValueType => value.Equals(Activator.CreateInstance(value.GetType())),
            _ => false,
        };

    private static string Render(object value) =>
        value is IFormattable formattable
            ? formattable.ToString(value is DateTime or DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture)
            : value.ToString() ?? "";
}
