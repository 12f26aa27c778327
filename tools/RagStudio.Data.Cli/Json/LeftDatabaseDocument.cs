namespace RagStudio.Data.Cli;

/// <summary>A database that a restore has left as it was.</summary>
internal sealed record LeftDatabaseDocument(string Name, string? CurrentVersion);
