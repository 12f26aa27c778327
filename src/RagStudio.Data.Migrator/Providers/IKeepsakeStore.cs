namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What runs have kept of what their migrations dropped, within the storage itself. The keepsakes of one run are a set: it
/// is listed, verified and pruned like a backup set, but its content comes back when the migrations are undone.
/// </summary>
public interface IKeepsakeStore
{
    /// <summary>Lists the sets.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The sets, in any order; empty if the storage does not exist.</returns>
    /// <exception cref="DatabaseAccessException">The storage cannot be read.</exception>
    Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Compares the rows of a set with what was recorded when they were kept.</summary>
    /// <param name="id">The set.</param>
    /// <param name="limits">The limits of the check.</param>
    /// <returns>The faults, a sentence each; empty if everything is there.</returns>
    /// <exception cref="DatabaseAccessException">The storage cannot be read.</exception>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<IReadOnlyList<string>> VerifyAsync(string id, WorkLimits limits);

    /// <summary>Removes sets, all or none of them.</summary>
    /// <param name="ids">The sets.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>A task that ends when they are gone.</returns>
    /// <exception cref="DatabaseAccessException">The storage cannot be written.</exception>
    Task RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);
}
