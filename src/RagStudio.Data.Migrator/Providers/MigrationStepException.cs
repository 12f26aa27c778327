namespace RagStudio.Data.Migrator.Providers;

/// <summary>What a provider throws when a migration fails; the engine makes of it what a caller sees.</summary>
public sealed class MigrationStepException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="version">The migration; <see langword="null"/> where EF failed outside any.</param>
    /// <param name="kind">What the migration changes.</param>
    /// <param name="exceededLimit">The limit, where it was stopped because its time was over.</param>
    /// <param name="duration">How long it ran.</param>
    /// <param name="cause">What it threw.</param>
    public MigrationStepException(
        string? version,
        MigrationKind kind,
        TimeSpan? exceededLimit,
        TimeSpan duration,
        Exception cause
    )
        : base(cause?.Message, cause) =>
        (Version, Kind, ExceededLimit, Duration) = (version, kind, exceededLimit, duration);

    /// <summary>The migration; <see langword="null"/> where EF failed outside any.</summary>
    public string? Version { get; }

    /// <summary>What the migration changes.</summary>
    public MigrationKind Kind { get; }

    /// <summary>The limit, where it was stopped because its time was over; else <see langword="null"/>.</summary>
    public TimeSpan? ExceededLimit { get; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; }
}
