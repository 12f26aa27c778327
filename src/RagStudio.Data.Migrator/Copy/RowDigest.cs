using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>
/// A hash of a table's rows in any order: the sum of their SHA-256, since the two databases sort keys differently. It is
/// over the values as the model reads them, as exactly as both databases keep them.
/// </summary>
internal sealed class RowDigest(CopyTable table)
{
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private readonly ulong[] _sum = new ulong[SHA256.HashSizeInBytes / sizeof(ulong)];

    public long Rows { get; private set; }

    /// <summary>The sum in hexadecimal digits.</summary>
    public string Hash => string.Concat(_sum.Select(part => part.ToString("x16", CultureInfo.InvariantCulture)));

    /// <summary>Begins the next row.</summary>
    public void Begin() => _row.ResetWrittenCount();

    /// <summary>Adds a value of the row.</summary>
    /// <param name="index">The column.</param>
    /// <param name="model">The value of the model.</param>
    /// <param name="written">The value for the target's mapping, which stands for one of a type that is not known here.</param>
    public void Add(int index, object? model, object? written)
    {
        var precision = table.Columns[index].Precision;
        if (!TryAdd(model, precision) && !TryAdd(written, precision))
        {
            throw new NotSupportedException(
                $"Values of the type {written?.GetType()} in '{table.Target.Name}.{table.Columns[index].Target.Name}' cannot be compared."
            );
        }
    }

    /// <summary>Ends the row.</summary>
    public void End()
    {
        SHA256.HashData(_row.WrittenSpan, _hash);
        for (var i = 0; i < _sum.Length; i++)
        {
            _sum[i] += BinaryPrimitives.ReadUInt64LittleEndian(_hash.AsSpan(i * sizeof(ulong)));
        }
        Rows++;
    }

    private bool TryAdd(object? value, BulkPrecision precision)
    {
        var ticks = precision.HasFlag(BulkPrecision.Microseconds) ? TimeSpan.TicksPerMicrosecond : 1;
        switch (value)
        {
            case null:
                Tag('0');
                return true;
            case string text when precision.HasFlag(BulkPrecision.JsonContent):
                Json(text);
                return true;
            case string text:
                Text(text);
                return true;
            case bool flag:
                Number('b', flag ? 1 : 0);
                return true;
            case Enum or sbyte or byte or short or ushort or int or uint or long:
                Number('i', Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case ulong number:
                Number('i', unchecked((long)number));
                return true;
            case char letter:
                Text(letter.ToString());
                return true;
            case float number:
                Number('d', BitConverter.DoubleToInt64Bits(Plain(number)));
                return true;
            case double number:
                Number('d', BitConverter.DoubleToInt64Bits(Plain(number)));
                return true;
            case decimal number:
                // Without trailing zeros.
                Text((number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture));
                return true;
            case Guid id:
                Bytes('g', id.ToByteArray());
                return true;
            case byte[] bytes:
                Bytes('x', bytes);
                return true;
            case DateTimeOffset time:
                Number('t', time.UtcTicks / ticks);
                return true;
            case DateTime time:
                Number('t', (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks / ticks);
                return true;
            case DateOnly date:
                Number('y', date.DayNumber);
                return true;
            case TimeOnly time:
                Number('m', time.Ticks / ticks);
                return true;
            case TimeSpan time:
                Number('m', time.Ticks / ticks);
                return true;
            case Uri address:
                Text(address.OriginalString);
                return true;
            case JsonDocument document:
                Json(document.RootElement.GetRawText());
                return true;
            case JsonElement element:
                Json(element.GetRawText());
                return true;
            case JsonNode node:
                Json(node.ToJsonString());
                return true;
            case IEnumerable items and not IDictionary:
                return TryAdd(items, precision);
            default:
                return false;
        }
    }

    private bool TryAdd(IEnumerable items, BulkPrecision precision)
    {
        Tag('[');
        foreach (var item in items)
        {
            if (!TryAdd(item, precision))
            {
                return false;
            }
        }
        Tag(']');
        return true;
    }

    /// <summary>Negative zero is equal to zero, and there are several NaN.</summary>
    private static double Plain(double number) =>
        number == 0 ? 0
        : double.IsNaN(number) ? double.NaN
        : number;

    private void Tag(char kind)
    {
        _row.GetSpan(1)[0] = (byte)kind;
        _row.Advance(1);
    }

    private void Number(char kind, long number)
    {
        Tag(kind);
        BinaryPrimitives.WriteInt64LittleEndian(_row.GetSpan(sizeof(long)), number);
        _row.Advance(sizeof(long));
    }

    private void Text(string text)
    {
        Number('s', Encoding.UTF8.GetByteCount(text));
        _ = Encoding.UTF8.GetBytes(text, _row);
    }

    /// <summary>A column of JSON may hold a text that is none, which stands for itself.</summary>
    private void Json(string text)
    {
        Tag('j');
        var content = new ArrayBufferWriter<byte>(Math.Max(text.Length, 1));
        try
        {
            CanonicalJson.Write(text, content);
        }
        catch (JsonException)
        {
            Text(text);
            return;
        }
        Bytes('x', content.WrittenSpan);
    }

    private void Bytes(char kind, ReadOnlySpan<byte> bytes)
    {
        Number(kind, bytes.Length);
        _row.Write(bytes);
    }
}
