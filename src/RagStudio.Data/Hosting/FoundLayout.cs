using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>
/// The layout of the databases, detected once: the migrator and the contexts of one application use the same files. A failure is not
/// cached; the next call detects it again.
/// </summary>
internal sealed class FoundLayout(Func<RagStudioDataOptions> options, Func<MigrationOptions> migrations)
{
    private readonly Lazy<RagStudioDatabase> _events = new(
        () => RagStudioDatabase.Events(options(), migrations().LockTimeout),
        LazyThreadSafetyMode.PublicationOnly
    );

    /// <summary>A layout that is given.</summary>
    public FoundLayout(RagStudioDatabase events)
        : this(() => throw new InvalidOperationException(), () => throw new InvalidOperationException()) =>
        _events = new(events);

    /// <summary>The database of <see cref="EventsContext"/>.</summary>
    /// <exception cref="DatabaseLayoutException">It contradicts the configured layout.</exception>
    /// <exception cref="DatabaseLockedException">Another process held a database for the whole lock timeout.</exception>
    public RagStudioDatabase Events => _events.Value;
}
