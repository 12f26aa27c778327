namespace RagStudio.Data.Migrator;

/// <summary>
/// C# code that belongs to a migration, for what SQL cannot do or what needs the application. It runs within the
/// migration's transaction: <b>its writes and the migration's are committed together or not at all.</b>
/// </summary>
/// <remarks>
/// To learn the schema that the applied migrations create, the migrator also runs them, with their code, on a temporary
/// scratch database that holds no rows except those that the migrations insert: during validation and for the status,
/// any number of times. The code must therefore accept a database without rows, and must skip effects outside the given
/// connection when <see cref="MigrationCodeContext.IsReplay"/> is true.
/// </remarks>
public interface IMigrationCode
{
    /// <summary>The name in the history and in messages. It must not change between versions of the program.</summary>
    string Name { get; }

    /// <summary>
    /// Does the work. Called once each time the migration is applied, to a database or in a replay; not when it is
    /// reverted.
    /// </summary>
    /// <param name="context">The connection with the open transaction.</param>
    /// <param name="cancellationToken">Canceled with the run, and when the migration's time limit is reached.</param>
    /// <returns>A task that ends when the work is done; the transaction must still be open then.</returns>
    Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken);
}
