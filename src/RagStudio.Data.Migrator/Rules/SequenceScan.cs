using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>Scans the rows of numbered groups in order, and reports each gap and duplicate.</summary>
internal sealed class SequenceScan(
    RuleContext context,
    string table,
    string column,
    IReadOnlyList<string> group,
    long start
)
{
    private ArrayBufferWriter<byte> _present = new();
    private ArrayBufferWriter<byte> _next = new();
    private bool _hasBegun;
    private long? _last;

    /// <summary>Inspects a row, whose columns are its key, those of the group, and the number.</summary>
    public void Inspect(IDataRow row)
    {
        EnterGroupOf(row);
        if (!long.TryParse(row.GetUtf8(1 + group.Count), CultureInfo.InvariantCulture, out var number))
        {
            Report(row, $"has no integer in {column}");
            return;
        }
        if (_last is not { } last)
        {
            Begin(row, number);
        }
        else if (number == last)
        {
            Report(row, $"repeats {column} {number}");
        }
        else if (number - 1 != last)
        {
            Report(row, $"has {column} {number}, and {Missing(last + 1, number - 1)} not there");
        }
        _last = number;
    }

    private void Begin(IDataRow row, long number)
    {
        if (number != start)
        {
            Report(row, $"is the first and has {column} {number} instead of {start}");
        }
    }

    private void EnterGroupOf(IDataRow row)
    {
        _next.ResetWrittenCount();
        for (var i = 1; i <= group.Count; i++)
        {
            var value = row.GetUtf8(i);
            BinaryPrimitives.WriteInt32LittleEndian(_next.GetSpan(4), row.IsNull(i) ? -1 : value.Length);
            _next.Advance(4);
            _next.Write(value);
        }
        if (!_hasBegun || !_next.WrittenSpan.SequenceEqual(_present.WrittenSpan))
        {
            (_present, _next, _hasBegun, _last) = (_next, _present, true, null);
        }
    }

    private static string Missing(long from, long to) => from == to ? $"{from} is" : $"{from} to {to} are";

    private void Report(IDataRow row, string what)
    {
        var id = row.IsNull(0) ? null : row.GetString(0);
        var name = group.Select((part, i) => $"{part} '{row.GetString(1 + i)}'");
        context.Report(
            ValidationErrorKind.SequenceGap,
            table,
            id,
            group.Count == 0
                ? $"row {id} of '{table}' {what}"
                : $"of {string.Join(", ", name)}: row {id} of '{table}' {what}"
        );
    }
}
