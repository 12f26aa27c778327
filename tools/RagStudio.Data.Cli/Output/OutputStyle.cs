namespace RagStudio.Data.Cli;

/// <summary>How a command prints.</summary>
/// <param name="Json">One JSON document instead of text for people.</param>
/// <param name="Quiet">Neither text, nor warnings, nor progress: errors only, and the JSON document where one is wanted.</param>
internal readonly record struct OutputStyle(bool Json, bool Quiet);
