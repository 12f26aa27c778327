namespace RagStudio.Data.Cli;

/// <summary>A foreign key in a diagram.</summary>
/// <param name="Name">Its description for the user.</param>
/// <param name="Points">
/// The path from the referring table to the other, alternating between curved and straight parts.
/// </param>
internal sealed record DiagramEdge(string Name, IReadOnlyList<(int X, int Y)> Points);
