namespace RagStudio.Data.Migrator.PostgreSql;

/// <summary>
/// What a run does about data that its migrations drop and that it cannot keep in the database: more than
/// <see cref="PostgreSqlDatabaseOptions.KeepsakeLimit"/>, without a key, or hidden from the role. Whatever it does is in the
/// history and in <see cref="MigrationSummary.DroppedData"/>, and told when the migration is undone.
/// </summary>
public enum UnkeptLossPolicy
{
    /// <summary>Refuses the run.</summary>
    Refuse,

    /// <summary>
    /// Makes a backup set first, in <see cref="MigrationOptions.BackupDirectory"/>, and goes on only if it has been checked by
    /// a restore into a scratch database. Others go on meanwhile. <b>Rows of the tables in question that were written since
    /// refuse the run</b>: they are in no backup.
    /// </summary>
    Dump,

    /// <summary>
    /// Creates a restore point of the server in the run's transaction, which has locked the tables in question against
    /// writers. Goes on only if the server's archiving works: a segment of its log was archived within a minute.
    /// </summary>
    RestorePoint,

    /// <summary>
    /// Calls <see cref="PostgreSqlDatabaseOptions.ExternalBackup"/> first, while nothing is locked. <b>Rows of the tables in
    /// question that were written since the call refuse the run</b>, as far as the role can see them.
    /// </summary>
    External,

    /// <summary>Goes on. <b>Only a backup of your own brings the data back.</b></summary>
    LoseForever,
}
