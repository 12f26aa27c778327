namespace RagStudio.Data.Cli;

/// <summary>The output style of a command.</summary>
/// <param name="Json">True for a JSON document instead of text.</param>
/// <param name="Quiet">
/// True for errors only, without text, warnings or progress; a requested JSON document is still printed.
/// </param>
internal readonly record struct OutputStyle(bool Json, bool Quiet);
