namespace RagStudio.Data;

/// <summary>Names a stream: all events of one aggregate, numbered 1, 2, 3 … without a gap.</summary>
public sealed record StreamId
{
    /// <summary>Names the stream of the aggregate <paramref name="aggregateId"/>.</summary>
    /// <param name="aggregateType">What kind of thing it is, for example <c>knowledge_base</c>.</param>
    /// <param name="aggregateId">Which of them it is; ids need to be unique within their type only.</param>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public StreamId(string aggregateType, string aggregateId)
    {
        ArgumentException.ThrowIfNullOrEmpty(aggregateType);
        ArgumentException.ThrowIfNullOrEmpty(aggregateId);
        (AggregateType, AggregateId) = (aggregateType, aggregateId);
    }

    /// <summary>What kind of thing the events happened to.</summary>
    public string AggregateType { get; }

    /// <summary>Which thing of that kind.</summary>
    public string AggregateId { get; }

    /// <summary>Type and id, as messages show them.</summary>
    public override string ToString() => $"{AggregateType}/{AggregateId}";
}
