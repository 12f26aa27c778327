namespace RagStudio.Data.Migrator;

/// <summary>The configuration section that the options are bound from: what a message about one of them names.</summary>
internal sealed record MigrationOptionsSection(string Path);
