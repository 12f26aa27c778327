using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data;

/// <summary>Values between a database and a line: text, numbers, truth values and times; an enum is its text.</summary>
internal static class RowValue
{
    /// <summary>Reads a value as the model does, but converts nothing silently.</summary>
    /// <exception cref="InvalidDataException">SQLite stores something else than the model expects.</exception>
    public static object? Read(RowTable table, int index, DbDataReader reader)
    {
        var column = table.Columns[index];
        var value = reader.GetValue(index);
        return value is DBNull ? null
            : Convert(column.Type, value) is { } read && !HasLostBytes(read, reader, index) ? read
            : throw new InvalidDataException(
                $"A value of {table.Name}.{column.Name} is not what the model can read. Find it by a validation, and correct it."
            );
    }

    /// <summary>Reads the value of a line.</summary>
    /// <returns><see langword="null"/> for <c>null</c>.</returns>
    /// <exception cref="FormatException">It is not one that the column can contain. The message says what is expected.</exception>
    public static object? Parse(RowColumn column, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            return column.IsNullable ? null : throw new FormatException("must not be null");
        }
        var (value, expected) = Parse(column.Type, element);
        var isCounted = value is not long number || !column.IsCounted || number is > 0 and < long.MaxValue;
        return value is not null && isCounted ? value : throw new FormatException($"must be {expected}");
    }

    public static void Write(Utf8JsonWriter line, object? value)
    {
        switch (value)
        {
            case null:
                line.WriteNullValue();
                break;
            case bool flag:
                line.WriteBooleanValue(flag);
                break;
            case int number:
                line.WriteNumberValue(number);
                break;
            case long number:
                line.WriteNumberValue(number);
                break;
            case double number:
                line.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                line.WriteStringValue(UtcTextConverter.Write(time));
                break;
            default:
                line.WriteStringValue((string)value);
                break;
        }
    }

    private static object? Convert(Type type, object value) =>
        value switch
        {
            string text when type == typeof(DateTimeOffset) => UtcTextConverter.TryRead(text, out var time)
                ? time
                : null,
            DateTime time when type == typeof(DateTimeOffset) => new DateTimeOffset(time.ToUniversalTime()),
            string when type == typeof(string) || type.IsEnum => value,
            bool when type == typeof(bool) => value,
            long number and (0 or 1) when type == typeof(bool) => number == 1,
            int when type == typeof(int) => value,
            long number and >= int.MinValue and <= int.MaxValue when type == typeof(int) => (int)number,
            long when type == typeof(long) => value,
            double number when type == typeof(double) && double.IsFinite(number) => value,
            long number when type == typeof(double) => (double)number,
            _ => null,
        };

    /// <summary>SQLite does not check that text is UTF-8, and what is not becomes U+FFFD.</summary>
    private static bool HasLostBytes(object value, DbDataReader reader, int index) =>
        value is string text
        && text.Contains('\uFFFD', StringComparison.Ordinal)
        && reader is SqliteDataReader
        && !reader.GetFieldValue<byte[]>(index).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text));

    private static (object? Value, string Expected) Parse(Type type, JsonElement element)
    {
        var isNumber = element.ValueKind == JsonValueKind.Number;
        if (type == typeof(bool))
        {
            return (
                element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : null,
                "true or false"
            );
        }
        if (type == typeof(int))
        {
            return (isNumber && element.TryGetInt32(out var number) ? number : null, "a whole number of 32 bits");
        }
        if (type == typeof(long))
        {
            return (
                isNumber && element.TryGetInt64(out var number) ? number : null,
                "a whole number of 64 bits in the column's range"
            );
        }
        if (type == typeof(double))
        {
            return (
                isNumber && element.TryGetDouble(out var number) && double.IsFinite(number) ? number : null,
                "a number"
            );
        }
        var text = Text(element);
        return type == typeof(DateTimeOffset)
            ? (Time(text), "a time such as 2026-01-31T23:59:59.0000000Z")
            : (text, "text");
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            UtcTextConverter.Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;

    /// <summary>The text of a value; <see langword="null"/> if it is none, or not valid.</summary>
    public static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            return null;
        }
    }
}
