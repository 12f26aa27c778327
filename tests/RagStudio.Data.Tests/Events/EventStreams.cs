namespace RagStudio.Data.Tests;

internal static class EventStreams
{
    public static StreamId Kb { get; } = new("knowledge_base", "kb-1");

    public static StreamId OtherKb { get; } = new("knowledge_base", "kb-2");

    public static NewEvent Event(string type = "renamed") => new(type, """{"name":"x"}""");

    public static NewEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(i => Numbered(i))];

    public static async Task<long[]> NumbersAsync(this IAsyncEnumerable<StoredEvent> events) =>
        await events.Select(stored => stored.SequenceNumber).ToArrayAsync();

    public static async Task<string> TypesAsync(this IAsyncEnumerable<StoredEvent> events) =>
        string.Join(' ', await events.Select(stored => stored.EventType).ToArrayAsync());

    private static NewEvent Numbered(int number) => new("numbered", $$"""{"number":{{number}}}""");
}
