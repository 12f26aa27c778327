namespace RagStudio.Data.Migrator.Providers;

/// <summary>Creates the copies for rehearsals of storages that are not files.</summary>
public interface IScratchStore
{
    /// <summary>Creates a place for the copies of one rehearsal, and removes those of rehearsals whose processes have died.</summary>
    /// <param name="runId">The run that rehearses.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The place.</returns>
    /// <exception cref="NoScratchException">There is no place.</exception>
    ValueTask<IScratch> CreateAsync(string runId, CancellationToken cancellationToken);
}
