namespace RagStudio.Data.Migrator.Run;

/// <summary>How far it is with what has to look at every migration of a program.</summary>
internal static class ReplayProgress
{
    /// <summary>Applied migrations are run in a scratch database, to know the schema that they make.</summary>
    public static MigrationProgress Schema(string database, long done, long total) =>
        Of(MigrationPhase.Validate, database, "schema", done, total);

    /// <summary>Migrations are created, to compare what they do with what was recorded.</summary>
    public static MigrationProgress Checksums(string database, long done, long total) =>
        Of(MigrationPhase.Validate, database, "checksums", done, total);

    private static MigrationProgress Of(MigrationPhase phase, string database, string check, long done, long total) =>
        new(phase, database, Completed: done, Total: total, Check: check) { Unit = ProgressUnit.Migrations };
}
