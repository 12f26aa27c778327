using System.Collections;
using System.Text;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// Renders operations as a text that says the same in every culture, time zone and release of EF: a property is left out while it has the
/// value that a new operation has, so that one that a release adds changes nothing, and names are sorted.
/// </summary>
internal sealed class OperationText
{
    /// <summary>Which release of EF wrote the migration says nothing about what it does.</summary>
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

    /// <summary>A raw string literal has the line ends of its source file, which differ between checkouts of one commit.</summary>
    private static string WithUnixLines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>With its length before it, no text can pass for another's structure.</summary>
    private void AppendText(string value) => _text.Append(value.Length).Append(':').Append(value);

    /// <summary>With its type before it: a default of 1 is not one of '1'.</summary>
    private void AppendValue(object value)
    {
        var plain = OperationValue.Plain(value);
        _text.Append(OperationValue.NameOf(plain.GetType())).Append(' ');
        AppendText(OperationValue.Render(plain));
    }

    private void AppendItems(IEnumerable items)
    {
        // The values of several rows come as one table: 2 × 3 of them are not 3 × 2.
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

    private static IEnumerable<IAnnotation> Annotations(MigrationOperation operation) =>
        operation
            .GetAnnotations()
            .Where(annotation => annotation.Name != ProductVersion)
            .OrderBy(annotation => annotation.Name, StringComparer.Ordinal);
}
