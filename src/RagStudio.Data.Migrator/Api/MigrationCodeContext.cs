using System.Data.Common;

namespace RagStudio.Data.Migrator;

/// <summary>The context in which <see cref="IMigrationCode"/> runs.</summary>
/// <param name="Version">The migration's id.</param>
/// <param name="Connection">
/// The open connection that runs the migration. Functions registered on it are available to the migration's commands.
/// </param>
/// <param name="Transaction">The migration's transaction, which the code must neither commit nor roll back.</param>
/// <param name="TimeLeft">The rest of the migration's time limit when the code begins.</param>
/// <param name="Progress">Reports how much of how much is done, in a unit that the code chooses.</param>
/// <param name="IsReplay">
/// True if the database is a temporary one, in which the migrations are replayed to learn their schema.
/// </param>
public sealed record MigrationCodeContext(
    string Version,
    DbConnection Connection,
    DbTransaction Transaction,
    TimeSpan TimeLeft,
    IProgress<(long Completed, long Total)> Progress,
    bool IsReplay = false
);
