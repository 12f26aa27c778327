using System.Globalization;
using System.Security.Cryptography;

namespace RagStudio.Data;

/// <summary>The checksum of an event, which reveals a later change of its row.</summary>
/// <remarks>
/// SHA-256, in lower-case hexadecimal, over ten fields in this order: event id, type, aggregate id, aggregate
/// type, sequence number (decimal), data, metadata, trace id, user id, timestamp (UTC,
/// <c>2026-01-31T23:59:59.1234567Z</c>). A field is written as <c>length:text,</c> with the length of its
/// UTF-8 bytes in decimal, and NULL as <c>-,</c>, so no two events have the same rendering. The position in
/// the log is not part of it. The rendering never changes: the checksums of all existing logs depend on it.
/// </remarks>
public static class EventChecksum
{
    /// <summary>Computes the <see cref="StoredEvent.Checksum"/> that this content must have.</summary>
    /// <remarks>Thread-safe. Ignores the checksum that the event carries.</remarks>
    public static string Compute(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return Compute(EventContent.From(stored));
    }

    /// <summary>The columns that hold the fields, in the order of the rendering.</summary>
    internal static IReadOnlyList<string> Columns { get; } =
    [
        "event_id",
        "event_type",
        "aggregate_id",
        "aggregate_type",
        "sequence_number",
        "event_data",
        "metadata",
        "trace_id",
        "user_id",
        "timestamp",
    ];

    internal static string Compute(in EventContent content)
    {
        var rendering = new EventRendering();
        rendering.Write(content.EventId);
        rendering.Write(content.EventType);
        rendering.Write(content.AggregateId);
        rendering.Write(content.AggregateType);
        rendering.Write(content.SequenceNumber.ToString(CultureInfo.InvariantCulture));
        rendering.Write(content.EventData);
        rendering.Write(content.Metadata);
        rendering.Write(content.TraceId);
        rendering.Write(content.UserId);
        rendering.Write(content.Timestamp);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        rendering.Hash(0, rendering.Length, hash);
        return Convert.ToHexStringLower(hash);
    }
}
