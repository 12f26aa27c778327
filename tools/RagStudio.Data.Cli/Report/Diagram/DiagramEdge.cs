namespace RagStudio.Data.Cli;

/// <summary>A foreign key in a diagram.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Points">Where it goes along, from the referring table to the other; a curved part, then a straight one, in turn.</param>
internal sealed record DiagramEdge(string Name, IReadOnlyList<(int X, int Y)> Points);
