namespace RagStudio.Data.Tests;

internal static class SampleData
{
    public static NewKnowledgeBase KnowledgeBase(string name = "manuals") =>
        new() { Name = name, EmbedderModel = "mini" };

    public static NewDocument Document(string knowledgeBaseId, string hash = "h", int chunks = 0) =>
        new()
        {
            KnowledgeBaseId = knowledgeBaseId,
            Title = $"Document {hash}",
            SourcePath = $"/source/{hash}.md",
            ContentHash = hash,
            SizeBytes = 1_000,
            Chunks = Chunks(chunks),
        };

    public static NewChunk[] Chunks(int count) => [.. Enumerable.Range(0, count).Select(Chunk)];

    public static NewPipeline Pipeline(string name = "ingest") => new() { Name = name, Config = "{}" };

    public static NewTool Tool(string name = "search") =>
        new()
        {
            Name = name,
            Type = "retrieval",
            Config = """{"top":5}""",
            Schema = """{"type":"object"}""",
        };

    public static NewFlow Flow(string name = "answer") => new() { Name = name, Definition = """{"nodes":[]}""" };

    private static NewChunk Chunk(int index) =>
        new()
        {
            Content = $"content of chunk {index}",
            ContentHash = $"chunk-{index}",
            TokenCount = index,
            Metadata = """{"page":1}""",
        };
}
