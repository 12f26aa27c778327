namespace RagStudio.Data.Migrator;

/// <summary>The configuration section that the options are bound from, for error messages.</summary>
internal sealed record MigrationOptionsSection(string Path);
