namespace RagStudio.Data.Migrator;

/// <summary>
/// C# that belongs to a migration: what SQL cannot do, or what needs the application. It runs within the migration's transaction:
/// <b>what it writes and what the migration does are committed together or not at all.</b>
/// </summary>
/// <remarks>
/// In order to know which schema the applied migrations make, the migrator also runs them, with their code, in a scratch database that holds no
/// rows but those of the migrations and that nobody ever sees: during validation and for the status, as often as it needs to. So the code
/// takes a database without rows; what it does outside of the given connection it leaves out when
/// <see cref="MigrationCodeContext.IsReplay"/> says so.
/// </remarks>
public interface IMigrationCode
{
    /// <summary>A name for the history and for messages; does not change between versions of the program.</summary>
    string Name { get; }

    /// <summary>Does the work. Called once for each time that the migration is applied, to a database or in a replay; not when it is reverted.</summary>
    /// <param name="context">The connection with the open transaction.</param>
    /// <param name="cancellationToken">Cancelled with the run, and when the migration's time is over.</param>
    /// <returns>When the work is done; the transaction must still be open then.</returns>
    Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken);
}
