namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The exception that a provider throws when a migration fails; the engine converts it to the caller's error.
/// </summary>
public sealed class MigrationStepException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="version">The migration; <see langword="null"/> if EF failed outside any migration.</param>
    /// <param name="kind">The kind of change.</param>
    /// <param name="exceededLimit">The time limit, if the migration was stopped by it.</param>
    /// <param name="duration">Its duration.</param>
    /// <param name="cause">The original exception.</param>
    public MigrationStepException(
        string? version,
        MigrationKind kind,
        TimeSpan? exceededLimit,
        TimeSpan duration,
        Exception cause
    )
        : base(cause?.Message, cause) =>
        (Version, Kind, ExceededLimit, Duration) = (version, kind, exceededLimit, duration);

    /// <summary>The migration; <see langword="null"/> if EF failed outside any migration.</summary>
    public string? Version { get; }

    /// <summary>The kind of change.</summary>
    public MigrationKind Kind { get; }

    /// <summary>The time limit, if the migration was stopped by it; otherwise <see langword="null"/>.</summary>
    public TimeSpan? ExceededLimit { get; }

    /// <summary>The duration of the migration.</summary>
    public TimeSpan Duration { get; }
}
