using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data;

/// <summary>The checksum that every event carries, so that a later change of its row can be seen.</summary>
/// <remarks>
/// SHA-256, in lower-case hex, over ten fields in this order: event id, type, aggregate id, aggregate type, sequence
/// number (decimal), data, metadata, trace id, user id, timestamp (UTC, <c>2026-01-31T23:59:59.1234567Z</c>). A field is
/// written as <c>length:text,</c> with the length of its UTF-8 bytes in decimal, and NULL as <c>-,</c> so that no two
/// events have the same rendering. The position in the log is no part of it. The rendering never changes: the
/// checksums of all logs that exist depend on it.
/// </remarks>
public static class EventChecksum
{
    /// <summary>Computes what <see cref="StoredEvent.Checksum"/> has to be for this content.</summary>
    /// <remarks>Thread-safe. The checksum that the event carries is not looked at.</remarks>
    public static string Compute(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return Compute(EventContent.Of(stored));
    }

    internal static string Compute(in EventContent content)
    {
        var rendering = new ArrayBufferWriter<byte>(256 + content.EventData.Length);
        Write(rendering, content.EventId);
        Write(rendering, content.EventType);
        Write(rendering, content.AggregateId);
        Write(rendering, content.AggregateType);
        Write(rendering, content.SequenceNumber.ToString(CultureInfo.InvariantCulture));
        Write(rendering, content.EventData);
        Write(rendering, content.Metadata);
        Write(rendering, content.TraceId);
        Write(rendering, content.UserId);
        Write(rendering, content.Timestamp);
        return Convert.ToHexStringLower(SHA256.HashData(rendering.WrittenSpan));
    }

    private static void Write(ArrayBufferWriter<byte> rendering, string? field)
    {
        if (field is not null)
        {
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetByteCount(field).ToString(CultureInfo.InvariantCulture), rendering);
            rendering.Write(":"u8);
            Encoding.UTF8.GetBytes(field, rendering);
        }
        else
        {
            rendering.Write("-"u8);
        }
        rendering.Write(","u8);
    }
}
