using System.Buffers;
using System.Security.Cryptography;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>Compares events with their checksums. Allocates nothing for one that fits.</summary>
/// <remarks>
/// Also as the releases before <c>NormaliseEvents</c> wrote them: the checksum was over the time in its fixed form, whatever form the
/// column had, its digits were in upper case, and over text that was no JSON as it was before that migration wrapped it.
/// </remarks>
internal sealed class EventChecksumCheck
{
    private static readonly int Data = IndexOf("event_data");
    private static readonly int Metadata = IndexOf("metadata");
    private static readonly int Timestamp = IndexOf("timestamp");
    private static readonly int Checksum = EventChecksum.Columns.Count;

    private readonly EventRendering _rendering = new();
    private readonly byte[] _stored = new byte[SHA256.HashSizeInBytes];
    private readonly byte[] _computed = new byte[SHA256.HashSizeInBytes];

    /// <param name="row">The columns of <see cref="EventChecksum.Columns"/>, and the checksum.</param>
    public bool Fits(IDataRow row) => TryReadStored(row) && (IsOver(row, null, null) || IsOverUnwrapped(row));

    private bool TryReadStored(IDataRow row)
    {
        var text = row.GetUtf8(Checksum);
        return text.Length == 2 * SHA256.HashSizeInBytes
            && Convert.FromHexString(text, _stored, out _, out _) == OperationStatus.Done;
    }

    private bool IsOverUnwrapped(IDataRow row)
    {
        var data = UnparsedText.In(row.GetUtf8(Data));
        var metadata = UnparsedText.In(row.GetUtf8(Metadata));
        return (data is not null && IsOver(row, data, null))
            || (metadata is not null && IsOver(row, null, metadata))
            || (data is not null && metadata is not null && IsOver(row, data, metadata));
    }

    private bool IsOver(IDataRow row, string? data, string? metadata)
    {
        _rendering.Clear();
        for (var i = 0; i < EventChecksum.Columns.Count; i++)
        {
            if (i == Timestamp)
            {
                WriteTime(row);
            }
            else if (
                (
                    i == Data ? data
                    : i == Metadata ? metadata
                    : null
                ) is
                { } unwrapped
            )
            {
                _rendering.Write(unwrapped);
            }
            else
            {
                Write(row, i);
            }
        }
        _rendering.Hash(_computed);
        return _computed.AsSpan().SequenceEqual(_stored);
    }

    private void WriteTime(IDataRow row)
    {
        var text = row.GetUtf8(Timestamp);
        if (UtcTextConverter.IsFixed(text))
        {
            _rendering.Write(text);
        }
        else
        {
            _rendering.Write(UtcTextConverter.Normalise(row.GetString(Timestamp)));
        }
    }

    private void Write(IDataRow row, int column)
    {
        var field = row.GetUtf8(column);
        if (field.IsEmpty && row.IsNull(column))
        {
            _rendering.WriteNull();
        }
        else
        {
            _rendering.Write(field);
        }
    }

    private static int IndexOf(string column) => EventChecksum.Columns.ToList().IndexOf(column);
}
