namespace RagStudio.Data.Migrator.Providers;

/// <summary>How long a piece of work may take. The default is for ever.</summary>
/// <param name="Timeout">The longest time; <see langword="null"/> for no limit. Its end is a <see cref="TimeoutException"/>.</param>
/// <param name="Token">The caller's token. Its end is an <see cref="OperationCanceledException"/>.</param>
public readonly record struct WorkLimits(TimeSpan? Timeout, CancellationToken Token)
{
    /// <summary>No limit at all.</summary>
    public static WorkLimits None => default;
}
