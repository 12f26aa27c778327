namespace RagStudio.Data;

/// <summary>Events for one stream, to be appended in their order.</summary>
/// <param name="Stream">The stream that gets them.</param>
/// <param name="Events">What happened, oldest first.</param>
/// <param name="Expected">Where the stream has to be for them to be written.</param>
public sealed record EventBatch(
    StreamId Stream,
    IReadOnlyCollection<NewEvent> Events,
    ExpectedVersion Expected = default
);
