using System.Data.Common;

namespace RagStudio.Data.Migrator;

/// <summary>What a <see cref="IMigrationCode"/> works with.</summary>
/// <param name="Version">The migration that it belongs to.</param>
/// <param name="Connection">
/// The open connection that migrates. Functions may be registered on it; they are there for the migration's own commands.
/// </param>
/// <param name="Transaction">The migration's transaction, which the code must neither commit nor roll back.</param>
/// <param name="TimeLeft">How long the migration may still run, when the code begins.</param>
/// <param name="Progress">Takes how much of how much is done, in a unit of the code's own.</param>
/// <param name="IsReplay">Whether the database is only a scratch one, in which the migrations are replayed to know their schema.</param>
public sealed record MigrationCodeContext(
    string Version,
    DbConnection Connection,
    DbTransaction Transaction,
    TimeSpan TimeLeft,
    IProgress<(long Completed, long Total)> Progress,
    bool IsReplay = false
);
