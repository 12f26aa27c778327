using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>Knowledge bases and their versions.</summary>
/// <remarks>
/// <para>Thread-safe, and safe to use alongside other processes; each call creates a context.</para>
/// <para><b>Data written here can be lost in a power failure until it is flushed</b>, with
/// <see cref="SqliteSynchronous.Normal"/>, the default. Call <see cref="FlushAsync"/> before an event refers to a
/// new knowledge base: the event is durable at once, and would refer to one that is gone.</para>
/// </remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the rows and their ids.</param>
public sealed class KnowledgeBaseRepository(IDbContextFactory<AppMetaContext> contexts, TimeProvider time)
{
    /// <summary>Creates the first version of a knowledge base.</summary>
    /// <returns>The version as it is stored.</returns>
    /// <exception cref="NameTakenException">The name is taken; nothing was written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The chunk size or overlap is out of range.</exception>
    public Task<KnowledgeBase> CreateAsync(NewKnowledgeBase added, CancellationToken cancellationToken = default) =>
        InsertAsync(added, mustBeFirst: true, cancellationToken);

    /// <summary>Creates the next version of a knowledge base, or the first if there is none of this name.</summary>
    /// <returns>The version as it is stored.</returns>
    /// <remarks>Concurrent writers get different numbers. Readers of a pinned name keep their version.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The chunk size or overlap is out of range.</exception>
    public Task<KnowledgeBase> CreateVersionAsync(
        NewKnowledgeBase added,
        CancellationToken cancellationToken = default
    ) => InsertAsync(added, mustBeFirst: false, cancellationToken);

    /// <summary>Changes a version: reads it, hands it to <paramref name="edit"/>, and writes what that has changed.</summary>
    /// <remarks>
    /// Nobody can write between the reading and the writing, so no change of another writer is lost.
    /// <see cref="KnowledgeBaseEditor"/> does the same with an event.
    /// </remarks>
    /// <param name="id">The version.</param>
    /// <param name="edit">
    /// Sets the new values, of all but the name, the number and the pin. It runs within a transaction: keep it short.
    /// </param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>The version as it is stored now; null if there is none.</returns>
    /// <exception cref="ArgumentException">The name, the number or the pin was changed; nothing was written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The chunk size, the overlap or the health score is out of range.</exception>
    public async Task<KnowledgeBase?> EditAsync(
        string id,
        Action<KnowledgeBase> edit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(edit);
        using var context = contexts.CreateDbContext();
        return await context
            .EditAsync<KnowledgeBase>(
                id,
                row =>
                {
                    edit(row);
                    NewKnowledgeBase.DemandChunks(row.ChunkSize, row.ChunkOverlap);
                    DemandScore(row.HealthScore);
                    row.UpdatedAt = time.GetStoredNow();
                },
                row => row.Name,
                [nameof(KnowledgeBase.Name), nameof(KnowledgeBase.Version), nameof(KnowledgeBase.PinnedVersion)],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Renames all versions of a knowledge base.</summary>
    /// <returns>False, with nothing written, if there is no knowledge base of this name.</returns>
    /// <exception cref="NameTakenException">The new name is taken; nothing was written.</exception>
    public async Task<bool> RenameAsync(string name, string newName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(newName);
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var versions = context.KnowledgeBases.Where(row => row.Name == name);
        if (!await versions.AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }
        var others = context.KnowledgeBases.Where(row => row.Name == newName && row.Name != name);
        if (await others.AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new NameTakenException("knowledge_bases", newName);
        }

        await versions
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Name, newName).SetProperty(row => row.UpdatedAt, now),
                cancellationToken
            )
            .ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Deletes a version with its documents and chunks. Runs that filled it are kept, without it.</summary>
    /// <remarks>
    /// Events that refer to it become damage unless an event says that it was deleted: <see cref="KnowledgeBaseEditor"/>
    /// appends that event too.
    /// </remarks>
    /// <returns>False if there is no such version.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        await context
            .PipelineRuns.Where(row => row.KnowledgeBaseId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.KnowledgeBaseId, (string?)null), cancellationToken)
            .ConfigureAwait(false);
        var deleted = await context
            .KnowledgeBases.Where(row => row.Id == id)
            .ExecuteDeleteAsync(cancellationToken)
            .ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return deleted == 1;
    }

    /// <summary>Waits until everything committed to the database before this call survives a power failure.</summary>
    /// <remarks>
    /// <para>On PostgreSQL it does nothing: a commit has been flushed when it returns, unless
    /// <c>synchronous_commit</c> is off.</para>
    /// <para>With SQLite it flushes once, whatever the number of rows: it commits with <c>synchronous = FULL</c>, then moves the
    /// write-ahead log into the database and empties it. It waits for the write lock like any writer.</para>
    /// <para>Limitation: while another connection is reading, the log cannot be emptied. If one of SQLite's
    /// automatic checkpoints failed to flush before, which SQLite does not report, the rows committed before that
    /// failure can still be lost in a power failure; the next flush without a reader makes them durable. With
    /// <see cref="SqliteSynchronous.Full"/> a commit reports a failed flush.</para>
    /// </remarks>
    /// <exception cref="RowRefusedException">
    /// The database is locked, or a flush failed: nothing is guaranteed to survive.
    /// </exception>
    /// <exception cref="IOException">The emptied write-ahead log could not be flushed: nothing is guaranteed to survive.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        await context.Database.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds a version by id; null if there is none.</summary>
    public async Task<KnowledgeBase?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .KnowledgeBases.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Finds the version that readers of a name should use: the pinned one, otherwise the newest; null if
    /// there is none.
    /// </summary>
    public async Task<KnowledgeBase?> FindByNameAsync(string name, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .KnowledgeBases.AsNoTracking()
            .Where(row => row.Name == name)
            .OrderByDescending(row => row.Version == row.PinnedVersion)
            .ThenByDescending(row => row.Version)
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists all versions of all knowledge bases, or those with a status, by name and version.</summary>
    public async Task<IReadOnlyList<KnowledgeBaseSummary>> ListAsync(
        KnowledgeBaseStatus? status = null,
        CancellationToken cancellationToken = default
    )
    {
        using var context = contexts.CreateDbContext();
        var rows = status is null ? context.KnowledgeBases : context.KnowledgeBases.Where(row => row.Status == status);
        return await Summaries(rows).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists all versions of a name, oldest first.</summary>
    public async Task<IReadOnlyList<KnowledgeBaseSummary>> ListVersionsAsync(
        string name,
        CancellationToken cancellationToken = default
    )
    {
        using var context = contexts.CreateDbContext();
        return await Summaries(context.KnowledgeBases.Where(row => row.Name == name))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Pins the readers of a name to a version, even when newer ones are created.</summary>
    /// <returns>False, with nothing written, if there is no such version.</returns>
    public async Task<bool> PinAsync(string name, int version, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var versions = context.KnowledgeBases.Where(row =>
            row.Name == name && context.KnowledgeBases.Any(other => other.Name == name && other.Version == version)
        );
        return await SetPinAsync(transaction, versions, version, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the readers of a name follow its newest version again.</summary>
    /// <returns>False if there is no knowledge base of this name.</returns>
    public async Task<bool> UnpinAsync(string name, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var versions = context.KnowledgeBases.Where(row => row.Name == name);
        return await SetPinAsync(transaction, versions, version: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets the search status of a version.</summary>
    /// <returns>False if there is no such version.</returns>
    public async Task<bool> SetStatusAsync(
        string id,
        KnowledgeBaseStatus status,
        CancellationToken cancellationToken = default
    )
    {
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .KnowledgeBases.Where(row => row.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Status, status).SetProperty(row => row.UpdatedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }

    /// <summary>Records the health of a version.</summary>
    /// <param name="id">The version.</param>
    /// <param name="score">From 0 (unusable) to 1 (healthy).</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    /// <returns>False if there is no such version.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The score is not between 0 and 1.</exception>
    public async Task<bool> SetHealthScoreAsync(string id, double score, CancellationToken cancellationToken = default)
    {
        DemandScore(score);
        var now = time.GetStoredNow();
        using var context = contexts.CreateDbContext();
        return await context
                .KnowledgeBases.Where(row => row.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.HealthScore, score).SetProperty(row => row.UpdatedAt, now),
                    cancellationToken
                )
                .ConfigureAwait(false) == 1;
    }

    private static void DemandScore(double score)
    {
        if (score is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "A health score is between 0 and 1.");
        }
    }

    private static IQueryable<KnowledgeBaseSummary> Summaries(IQueryable<KnowledgeBase> rows) =>
        rows.OrderBy(row => row.Name)
            .ThenBy(row => row.Version)
            .Select(row => new KnowledgeBaseSummary(
                row.Id,
                row.Name,
                row.Version,
                row.Status,
                row.HealthScore,
                row.PinnedVersion,
                row.UpdatedAt
            ));

    private async Task<KnowledgeBase> InsertAsync(
        NewKnowledgeBase added,
        bool mustBeFirst,
        CancellationToken cancellationToken
    )
    {
        added.ThrowIfInvalid();
        using var context = contexts.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var newest = await context
            .KnowledgeBases.Where(row => row.Name == added.Name)
            .OrderByDescending(row => row.Version)
            .Select(row => new { row.Version, row.PinnedVersion })
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        if (mustBeFirst && newest is not null)
        {
            throw new NameTakenException("knowledge_bases", added.Name);
        }

        var row = added.ToRow((newest?.Version ?? 0) + 1, newest?.PinnedVersion, time);
        context.Add(row);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return row;
    }

    // Every version carries the pin, so any row that a reader looks at shows it.
    private async Task<bool> SetPinAsync(
        IDbContextTransaction transaction,
        IQueryable<KnowledgeBase> versions,
        int? version,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetStoredNow();
        var changed = await versions
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.PinnedVersion, version).SetProperty(row => row.UpdatedAt, now),
                cancellationToken
            )
            .ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return changed > 0;
    }
}
