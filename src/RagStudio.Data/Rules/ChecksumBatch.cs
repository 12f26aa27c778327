using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>
/// A batch of events and their checksums, to be verified by any free thread. Does not allocate for an event
/// with a correct checksum.
/// </summary>
/// <remarks>
/// Also accepts events as releases before <c>NormaliseEvents</c> wrote them: their checksum was over the time
/// in its fixed form, whatever form the column had, its digits were in upper case, and text that was not JSON
/// was hashed as it was before that migration wrapped it.
/// </remarks>
internal sealed class ChecksumBatch
{
    private const int MaxEvents = 512;
    private const int MaxBytes = 1 << 18;
    private static readonly int Data = IndexOf("event_data");
    private static readonly int Metadata = IndexOf("metadata");
    private static readonly int Timestamp = IndexOf("timestamp");
    private static readonly int Checksum = EventChecksum.Columns.Count;
    private static readonly int Key = Checksum + 1;

    private readonly EventRendering _rendering = new();
    private readonly List<Entry> _entries = new(MaxEvents);
    private readonly byte[] _stored = new byte[MaxEvents * SHA256.HashSizeInBytes];
    private readonly List<(string Row, string EventId)> _mismatches = [];

    public bool IsFull => _entries.Count == MaxEvents || _rendering.Length >= MaxBytes;

    /// <summary>The rows and ids of the events with wrong checksums, in the order in which they were added.</summary>
    public IReadOnlyList<(string Row, string EventId)> Mismatches => _mismatches;

    /// <param name="row">The columns of <see cref="EventChecksum.Columns"/>, the checksum, and the row's key.</param>
    public void Add(IDataRow row)
    {
        var start = _rendering.Length;
        for (var i = 0; i < EventChecksum.Columns.Count; i++)
        {
            Write(row, i);
        }
        var hasChecksum = TryReadHex(row.GetUtf8(Checksum), StoredOf(_entries.Count));
        _entries.Add(new Entry(row.GetInt64(Key), start, _rendering.Length, hasChecksum));
    }

    /// <summary>Verifies the events.</summary>
    public void Check()
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (!entry.HasChecksum || !(IsOver(_rendering, entry.Start, entry.End, i) || IsOverUnwrapped(entry, i)))
            {
                AddMismatch(entry);
            }
        }
    }

    public ChecksumBatch Clear()
    {
        _rendering.Clear();
        _entries.Clear();
        _mismatches.Clear();
        return this;
    }

    private void Write(IDataRow row, int column)
    {
        var field = row.GetUtf8(column);
        if (field.IsEmpty && row.IsNull(column))
        {
            _rendering.WriteNull();
        }
        else if (column == Timestamp && !UtcTextConverter.IsFixed(field))
        {
            _rendering.Write(UtcTextConverter.Normalise(row.GetString(column)));
        }
        else
        {
            _rendering.Write(field);
        }
    }

    private bool IsOver(EventRendering rendering, int start, int end, int entry)
    {
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        rendering.Hash(start, end, computed);
        return computed.SequenceEqual(StoredOf(entry));
    }

    private bool IsOverUnwrapped(Entry entry, int index)
    {
        var fields = _rendering.Fields(entry.Start, entry.End);
        var data = UnparsedText.TryExtract(fields[Data]);
        var metadata = UnparsedText.TryExtract(fields[Metadata]);
        return (data is not null && IsOver(fields, data, null, index))
            || (metadata is not null && IsOver(fields, null, metadata, index))
            || (data is not null && metadata is not null && IsOver(fields, data, metadata, index));
    }

    private bool IsOver(IReadOnlyList<byte[]?> fields, string? data, string? metadata, int entry)
    {
        var rendering = new EventRendering();
        for (var i = 0; i < fields.Count; i++)
        {
            if (
                (
                    i == Data ? data
                    : i == Metadata ? metadata
                    : null
                ) is
                { } unwrapped
            )
            {
                rendering.Write(unwrapped);
            }
            else if (fields[i] is { } field)
            {
                rendering.Write(field.AsSpan());
            }
            else
            {
                rendering.WriteNull();
            }
        }
        return IsOver(rendering, 0, rendering.Length, entry);
    }

    private void AddMismatch(Entry entry)
    {
        var eventId = Encoding.UTF8.GetString(_rendering.Fields(entry.Start, entry.End)[0] ?? []);
        _mismatches.Add((entry.Row.ToString(CultureInfo.InvariantCulture), eventId));
    }

    private Span<byte> StoredOf(int entry) => _stored.AsSpan(entry * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);

    private static bool TryReadHex(ReadOnlySpan<byte> text, Span<byte> stored) =>
        text.Length == 2 * SHA256.HashSizeInBytes
        && Convert.FromHexString(text, stored, out _, out _) == OperationStatus.Done;

    private static int IndexOf(string column) => EventChecksum.Columns.ToList().IndexOf(column);

    private readonly record struct Entry(long Row, int Start, int End, bool HasChecksum);
}
