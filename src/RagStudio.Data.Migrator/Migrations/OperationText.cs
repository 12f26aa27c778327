using System.Collections;
using System.Text;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// Renders operations as text that is the same in every culture, time zone and release of EF. A property with
/// the value of a new operation is omitted, so a property that a release adds changes nothing, and names are
/// sorted.
/// </summary>
internal sealed class OperationText
{
    /// <summary>The release of EF that wrote the migration does not affect what it does.</summary>
    private const string ProductVersion = "ProductVersion";

    private readonly StringBuilder _text = new();

    public void Append(string name, IEnumerable<MigrationOperation> operations)
    {
        _text.Append(name);
        AppendItems(operations);
    }

    public override string ToString() => _text.ToString();

    private static string Render(object? value)
    {
        var text = new OperationText();
        text.Append(value);
        return text.ToString();
    }

    private void Append(object? value)
    {
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case string or char:
                AppendText(WithUnixLines(value.ToString()!));
                break;
            case byte[] bytes:
                _text.Append("bytes ");
                AppendText(Convert.ToHexString(bytes));
                break;
            case Type type:
                AppendText(OperationValue.NameOf(type));
                break;
            case MigrationOperation operation:
                Append(operation);
                break;
            case IEnumerable items:
                AppendItems(items);
                break;
            default:
                AppendValue(value);
                break;
        }
    }

    /// <summary>
    /// A raw string literal has the line endings of its source file, which differ between checkouts of the
    /// same commit.
    /// </summary>
    private static string WithUnixLines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>The length comes first, so no text can imitate the structure around it.</summary>
    private void AppendText(string value) => _text.Append(value.Length).Append(':').Append(value);

    /// <summary>The type comes first: a default of 1 differs from '1'.</summary>
    private void AppendValue(object value)
    {
        var plain = OperationValue.Plain(value);
        _text.Append(OperationValue.NameOf(plain.GetType())).Append(' ');
        AppendText(OperationValue.Render(plain));
    }

    private void AppendItems(IEnumerable items)
    {
        // The values of several rows form a table: 2 × 3 of them differ from 3 × 2.
        if (items is Array { Rank: > 1 } table)
        {
            _text.AppendJoin('x', Enumerable.Range(0, table.Rank).Select(table.GetLength));
        }
        _text.Append('[');
        switch (items)
        {
            case IDictionary pairs:
                AppendSorted(Pairs(pairs));
                break;
            case not Array when OperationValue.IsSet(items.GetType()):
                AppendSorted(items.Cast<object?>().Select(Render));
                break;
            default:
                AppendInOrder(items);
                break;
        }
        _text.Append(']');
    }

    private void AppendInOrder(IEnumerable items)
    {
        foreach (var item in items)
        {
            Append(item);
            _text.Append(',');
        }
    }

    private void AppendSorted(IEnumerable<string> rendered)
    {
        foreach (var item in rendered.Order(StringComparer.Ordinal))
        {
            _text.Append(item).Append(',');
        }
    }

    private static IEnumerable<string> Pairs(IDictionary pairs)
    {
        foreach (DictionaryEntry pair in pairs)
        {
            yield return Render(pair.Key) + "=" + Render(pair.Value);
        }
    }

    private void Append(MigrationOperation operation)
    {
        _text.Append(operation.GetType().Name).Append('{');
        foreach (var (name, value) in OperationProperties.NonDefault(operation))
        {
            _text.Append(name).Append('=');
            Append(value);
        }
        foreach (var annotation in Annotations(operation))
        {
            _text.Append('@');
            AppendText(annotation.Name);
            Append(annotation.Value);
        }
        _text.Append('}');
    }

    internal static IEnumerable<IAnnotation> Annotations(MigrationOperation operation) =>
        operation
            .GetAnnotations()
            .Where(annotation => annotation.Name != ProductVersion)
            .OrderBy(annotation => annotation.Name, StringComparer.Ordinal);
}
