namespace RagStudio.Data.Migrator.Providers;

/// <summary>A migration that ran.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="Duration">Its duration.</param>
/// <param name="Checksum">The lower-case hexadecimal SHA-256 of its operations.</param>
/// <param name="RollbackSql">The SQL that reverts it; <see langword="null"/> if it cannot be reverted.</param>
public sealed record MigrationStep(
    string Version,
    MigrationKind Kind,
    TimeSpan Duration,
    string Checksum,
    string? RollbackSql
);
