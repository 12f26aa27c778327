namespace RagStudio.Data;

/// <summary>A writer's picture of a stream is stale; nothing was written.</summary>
/// <remarks>Read the events after <see cref="ExpectedVersion"/>, decide anew, and append again.</remarks>
public sealed class EventConcurrencyException : Exception
{
    /// <summary>Reports that <paramref name="stream"/> is not where its writer believed it to be.</summary>
    public EventConcurrencyException(StreamId stream, long expectedVersion, long actualVersion)
        : base(
            $"The stream {stream} is at version {actualVersion}, not at {expectedVersion} as expected. "
                + "Nothing was written: read what is new in the stream and try again."
        )
    {
        (Stream, ExpectedVersion, ActualVersion) = (stream, expectedVersion, actualVersion);
    }

    /// <summary>The stream that was to be written.</summary>
    public StreamId Stream { get; }

    /// <summary>The last sequence number that the writer knew of, 0 for none.</summary>
    public long ExpectedVersion { get; }

    /// <summary>The last sequence number when the write was tried, 0 for none.</summary>
    public long ActualVersion { get; }
}
