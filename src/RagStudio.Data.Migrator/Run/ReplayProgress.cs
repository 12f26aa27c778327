namespace RagStudio.Data.Migrator.Run;

/// <summary>The progress of work on every migration of a program.</summary>
internal static class ReplayProgress
{
    /// <summary>Applied migrations run in a scratch database, to determine the schema that they create.</summary>
    public static MigrationProgress Schema(string database, long done, long total) =>
        Of(MigrationPhase.Validate, database, "schema", done, total);

    /// <summary>Migrations are created, to compare their operations with the recorded checksums.</summary>
    public static MigrationProgress Checksums(MigrationPhase phase, string database, long done, long total) =>
        Of(phase, database, "checksums", done, total);

    private static MigrationProgress Of(MigrationPhase phase, string database, string check, long done, long total) =>
        new(phase, database, Completed: done, Total: total, Check: check) { Unit = ProgressUnit.Migrations };
}
