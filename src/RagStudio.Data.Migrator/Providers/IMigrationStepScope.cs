using System.Data.Common;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>One migration while it runs. Disposing it puts the connection back as it was before.</summary>
public interface IMigrationStepScope : IAsyncDisposable
{
    /// <summary>The commands to run: those that were given, some of them cut into parts or taken into the transaction, with the same effect.</summary>
    IReadOnlyList<StepCommand> Commands { get; }

    /// <summary>Cancelled with the caller's token, and when the migration's time is over.</summary>
    CancellationToken Token { get; }

    /// <summary>Whether the migration was stopped because its time was over.</summary>
    bool TimedOut { get; }

    /// <summary>How long the migration may still run.</summary>
    TimeSpan TimeLeft { get; }

    /// <summary>Adds a line to the history with its <see cref="RagStudio.Data.Migrator.Steps.RecordHash"/>, within the migration's transaction.</summary>
    /// <param name="transaction">The migration's transaction.</param>
    /// <param name="record">The line.</param>
    /// <returns>When the line is written.</returns>
    Task RecordAsync(DbTransaction transaction, MigrationRecord record);

    /// <summary>Makes the last checks within the migration's transaction; throws where it must not be committed.</summary>
    /// <returns>When the transaction may be committed.</returns>
    Task CheckAsync();
}
