namespace RagStudio.Data;

/// <summary>Identifies a stream: all events of one aggregate, numbered 1, 2, 3 … without a gap.</summary>
public sealed record StreamId
{
    /// <summary>Identifies the stream of the aggregate <paramref name="aggregateId"/>.</summary>
    /// <param name="aggregateType">The type of the aggregate, for example <c>knowledge_base</c>.</param>
    /// <param name="aggregateId">The id, unique within its type.</param>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public StreamId(string aggregateType, string aggregateId)
    {
        ArgumentException.ThrowIfNullOrEmpty(aggregateType);
        ArgumentException.ThrowIfNullOrEmpty(aggregateId);
        (AggregateType, AggregateId) = (aggregateType, aggregateId);
    }

    /// <summary>The type of the aggregate.</summary>
    public string AggregateType { get; }

    /// <summary>The id of the aggregate.</summary>
    public string AggregateId { get; }

    /// <summary>Returns type and id, as messages show them.</summary>
    public override string ToString() => $"{AggregateType}/{AggregateId}";
}
