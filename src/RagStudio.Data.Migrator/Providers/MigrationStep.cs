namespace RagStudio.Data.Migrator.Providers;

/// <summary>One migration as it was run.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Kind">What it changes.</param>
/// <param name="Duration">How long it has run.</param>
/// <param name="Checksum">Lower-case hex SHA-256 over its operations.</param>
/// <param name="RollbackSql">The SQL that reverts it; <see langword="null"/> where it has no way back.</param>
public sealed record MigrationStep(
    string Version,
    MigrationKind Kind,
    TimeSpan Duration,
    string Checksum,
    string? RollbackSql
);
