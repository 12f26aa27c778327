using System.Data.Common;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator;

/// <summary>One migration while it runs. Disposing it puts the connection back as it was before.</summary>
public interface IMigrationStepScope : IAsyncDisposable
{
    /// <summary>The commands to run, without those that only the provider's own preparation makes needless.</summary>
    IReadOnlyList<MigrationCommand> Commands { get; }

    /// <summary>Cancelled with the caller's token, and when the migration's time is over.</summary>
    CancellationToken Token { get; }

    /// <summary>Whether the migration was stopped because its time was over.</summary>
    bool TimedOut { get; }

    /// <summary>Makes the last checks within the migration's transaction and adds its line to the history there.</summary>
    /// <param name="transaction">The migration's transaction.</param>
    /// <param name="record">The line to add.</param>
    /// <param name="cancellationToken">Stops the checks, also within a statement.</param>
    /// <returns>When the transaction may be committed.</returns>
    Task CommittingAsync(DbTransaction transaction, MigrationRecord record, CancellationToken cancellationToken);
}
