namespace RagStudio.Data;

/// <summary>Thrown when a stream is not at the version that its writer expected; nothing was written.</summary>
/// <remarks>Read the events after <see cref="ExpectedVersion"/>, decide again, and retry the append.</remarks>
public sealed class EventConcurrencyException : Exception
{
    /// <summary>Creates the exception for <paramref name="stream"/>.</summary>
    public EventConcurrencyException(StreamId stream, long expectedVersion, long actualVersion)
        : base(
            $"The stream {stream} is at version {actualVersion}, not at {expectedVersion} as expected. "
                + "Nothing was written: read what is new in the stream and try again."
        )
    {
        (Stream, ExpectedVersion, ActualVersion) = (stream, expectedVersion, actualVersion);
    }

    /// <summary>The stream that was not written to.</summary>
    public StreamId Stream { get; }

    /// <summary>The last sequence number that the writer expected; 0 for none.</summary>
    public long ExpectedVersion { get; }

    /// <summary>The last sequence number at the time of the write; 0 for none.</summary>
    public long ActualVersion { get; }
}
