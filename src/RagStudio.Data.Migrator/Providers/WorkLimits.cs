namespace RagStudio.Data.Migrator.Providers;

/// <summary>The limits of a piece of work. By default there are none.</summary>
/// <param name="Timeout">
/// The time limit; <see langword="null"/> for none. Its expiry causes a <see cref="TimeoutException"/>.
/// </param>
/// <param name="Token">The caller's token. Its cancellation causes an <see cref="OperationCanceledException"/>.</param>
public readonly record struct WorkLimits(TimeSpan? Timeout, CancellationToken Token)
{
    /// <summary>No limit at all.</summary>
    public static WorkLimits None => default;
}
