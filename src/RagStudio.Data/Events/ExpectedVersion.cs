namespace RagStudio.Data;

/// <summary>The last sequence number that a writer expects a stream to have.</summary>
/// <remarks>The default is <see cref="Any"/>.</remarks>
public readonly record struct ExpectedVersion
{
    private readonly long? _version;

    private ExpectedVersion(long version) => _version = version;

    /// <summary>Any version: the writer does not depend on existing events.</summary>
    public static ExpectedVersion Any => default;

    /// <summary>The stream has no events yet.</summary>
    public static ExpectedVersion NoEvents => new(0);

    /// <summary>The stream's last event has this sequence number; 0 is <see cref="NoEvents"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sequenceNumber"/> is negative.</exception>
    public static ExpectedVersion At(long sequenceNumber)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequenceNumber);
        return new(sequenceNumber);
    }

    internal void Demand(StreamId stream, long actual)
    {
        if (_version is { } expected && expected != actual)
        {
            throw new EventConcurrencyException(stream, expected, actual);
        }
    }
}
