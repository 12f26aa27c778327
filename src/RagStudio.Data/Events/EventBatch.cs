namespace RagStudio.Data;

/// <summary>Events to append to one stream, in order.</summary>
/// <param name="Stream">The stream to append to.</param>
/// <param name="Events">The events, oldest first.</param>
/// <param name="Expected">The version that the stream must have for them to be written.</param>
public sealed record EventBatch(
    StreamId Stream,
    IReadOnlyCollection<NewEvent> Events,
    ExpectedVersion Expected = default
);
