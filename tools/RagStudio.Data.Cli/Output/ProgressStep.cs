namespace RagStudio.Data.Cli;

/// <summary>How far a command is.</summary>
/// <param name="Text">What it is doing.</param>
/// <param name="Completed">How much of it is done.</param>
/// <param name="Total">How much there is to do; 0 where that is not known.</param>
internal readonly record struct ProgressStep(string Text, long Completed, long Total);
