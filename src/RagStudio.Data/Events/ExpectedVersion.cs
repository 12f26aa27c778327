namespace RagStudio.Data;

/// <summary>What a writer believes the last sequence number of a stream to be.</summary>
/// <remarks>The default is <see cref="Any"/>.</remarks>
public readonly record struct ExpectedVersion
{
    private readonly long? _version;

    private ExpectedVersion(long version) => _version = version;

    /// <summary>The writer does not depend on what is there already.</summary>
    public static ExpectedVersion Any => default;

    /// <summary>The stream has no event yet.</summary>
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
