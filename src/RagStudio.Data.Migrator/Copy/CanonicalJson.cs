using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>
/// Writes JSON in one form, so that texts of the same content are equal: properties sorted, the last of the same name kept,
/// numbers by their value.
/// </summary>
internal static class CanonicalJson
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1024 };

    public static void Write(string text, IBufferWriter<byte> output)
    {
        using var document = JsonDocument.Parse(text, Deep);
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true, MaxDepth = 1024 });
        Write(document.RootElement, writer);
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var last = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    last[property.Name] = property.Value;
                }
                writer.WriteStartObject();
                foreach (var (name, value) in last)
                {
                    writer.WritePropertyName(name);
                    Write(value, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, writer);
                }
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(element.GetRawText()), skipInputValidation: true);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>All digits before an exponent, without zeros at either end: 1.50 and 15e-1 are 15e-1.</summary>
    private static string Number(string text)
    {
        var isNegative = text[0] == '-';
        var at = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = text[(isNegative ? 1 : 0)..(at < 0 ? text.Length : at)];
        var exponent = at < 0 ? 0 : long.Parse(text.AsSpan(at + 1), CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
        var significant = digits.TrimEnd('0');
        exponent += digits.Length - significant.Length;
        significant = significant.TrimStart('0');
        return significant.Length == 0
            ? "0"
            : string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}{significant}e{exponent}");
    }
}
