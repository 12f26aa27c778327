using System.Buffers;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RagStudio.Data;

/// <summary>Writes the lines of a file of rows.</summary>
internal sealed class RowFileWriter : IDisposable
{
    private const int EnoughBytes = 1 << 16;

    private readonly Stream _output;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Utf8JsonWriter _line;

    public RowFileWriter(Stream output)
    {
        _output = output;
        _line = new Utf8JsonWriter(_lines, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes the first line: the format, and the columns of all tables.</summary>
    public async Task WriteHeaderAsync(IEnumerable<RowTable> tables, CancellationToken cancellationToken)
    {
        _line.WriteStartObject();
        _line.WriteString(RowFormat.Format, RowFormat.Name);
        _line.WriteNumber(RowFormat.Version, RowFormat.Current);
        _line.WriteStartObject(RowFormat.Tables);
        foreach (var table in tables)
        {
            _line.WriteStartArray(table.Name);
            foreach (var column in table.Columns)
            {
                _line.WriteStringValue(column.Name);
            }
            _line.WriteEndArray();
        }
        _line.WriteEndObject();
        _line.WriteEndObject();
        EndLine();
        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the row that a reader is at.</summary>
    public async ValueTask WriteAsync(RowTable table, DbDataReader reader, CancellationToken cancellationToken)
    {
        var start = _lines.WrittenCount;
        WriteRow(table, reader);
        if (_lines.WrittenCount - start > RowFormat.LongestLine)
        {
            throw new InvalidDataException(
                $"A row of {table.Name} is longer than a line may be ({RowFormat.LongestLine >> 20} MiB)."
            );
        }
        if (_lines.WrittenCount >= EnoughBytes)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the last line.</summary>
    public async Task<RowTotals> EndAsync(IReadOnlyDictionary<string, long> rows, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        var totals = new RowTotals(rows, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        _line.WriteStartObject();
        _line.WriteStartObject(RowFormat.Rows);
        foreach (var (table, count) in rows)
        {
            _line.WriteNumber(table, count);
        }
        _line.WriteEndObject();
        _line.WriteString(RowFormat.Sha256, totals.Sha256);
        _line.WriteEndObject();
        EndLine();
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return totals;
    }

    public void Dispose()
    {
        _line.Dispose();
        _hash.Dispose();
    }

    private void WriteRow(RowTable table, DbDataReader reader)
    {
        _line.WriteStartObject();
        _line.WriteString(RowFormat.Table, table.Name);
        _line.WriteStartObject(RowFormat.Row);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            _line.WritePropertyName(table.Columns[i].Name);
            RowValue.Write(_line, RowValue.Read(table, i, reader));
        }
        _line.WriteEndObject();
        _line.WriteEndObject();
        EndLine();
    }

    private void EndLine()
    {
        _line.Flush();
        _line.Reset();
        _lines.Write("\n"u8);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        _hash.AppendData(_lines.WrittenSpan);
        await _output.WriteAsync(_lines.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _lines.ResetWrittenCount();
    }
}
