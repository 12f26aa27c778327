namespace RagStudio.Data.Cli;

/// <summary>The knowledge base that a folder is imported into.</summary>
/// <param name="Name">Its name.</param>
/// <param name="EmbedderModel">Its embedder; <see langword="null"/> for the existing one, or the default.</param>
/// <param name="ChunkSize">
/// The number of words in a chunk; <see langword="null"/> for the existing setting, or the default.
/// </param>
/// <param name="ChunkOverlap">
/// The number of words that a chunk repeats; <see langword="null"/> for the existing setting, or the default.
/// </param>
internal sealed record ImportRequest(string Name, string? EmbedderModel, int? ChunkSize, int? ChunkOverlap);
