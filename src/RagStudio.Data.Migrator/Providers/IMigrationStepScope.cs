using System.Data.Common;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>A migration while it runs. Disposing it restores the connection's previous state.</summary>
public interface IMigrationStepScope : IAsyncDisposable
{
    /// <summary>
    /// The commands to run: the given ones, some of them split or moved into the transaction, with the same
    /// effect. If a run is one transaction, none of them is suppressed: the provider runs those before or after it.
    /// </summary>
    IReadOnlyList<StepCommand> Commands { get; }

    /// <summary>Canceled with the caller's token, and when the migration's time limit expires.</summary>
    CancellationToken Token { get; }

    /// <summary>True if the migration was stopped by its time limit.</summary>
    bool TimedOut { get; }

    /// <summary>The migration's remaining time.</summary>
    TimeSpan TimeLeft { get; }

    /// <summary>
    /// Adds a line with its <see cref="RagStudio.Data.Migrator.Steps.RecordHash"/> to the history, within the
    /// migration's transaction.
    /// </summary>
    /// <param name="transaction">The migration's transaction.</param>
    /// <param name="record">The line.</param>
    /// <returns>A task that ends when the line is written.</returns>
    Task RecordAsync(DbTransaction transaction, MigrationRecord record);

    /// <summary>
    /// Makes the final checks within the migration's transaction; throws if it must not be committed.
    /// </summary>
    /// <returns>A task that ends when the transaction may be committed.</returns>
    Task CheckAsync();
}
