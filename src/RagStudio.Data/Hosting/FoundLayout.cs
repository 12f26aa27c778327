using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>
/// The layout of the databases, looked for once: the migrator and the contexts of one application work with the same files. A failure is not
/// kept; whoever asks next looks again.
/// </summary>
internal sealed class FoundLayout(Func<RagStudioDataOptions> options, Func<MigrationOptions> migrations)
{
    private readonly Lazy<RagStudioDatabase> _events = new(
        () => RagStudioDatabase.Events(options(), DatabaseLayout.IsSingle(options(), migrations().LockTimeout)),
        LazyThreadSafetyMode.PublicationOnly
    );

    /// <summary>The database of <see cref="EventsContext"/>.</summary>
    /// <exception cref="DatabaseLayoutException">It is not where it was said to be.</exception>
    /// <exception cref="DatabaseLockedException">Another process has held a database for the whole of the lock timeout.</exception>
    public RagStudioDatabase Events => _events.Value;
}
