namespace RagStudio.Data.Migrator;

/// <summary>A version that was asked for does not exist. Nothing was changed.</summary>
public sealed class InvalidVersionException : MigrationException
{
    internal InvalidVersionException(string version, string reason)
        : base(
            MigrationPhase.Plan,
            DataState.Unchanged,
            $"'{version}' {reason}. Nothing was changed. Name a migration by its id, its time stamp or its name, or 0 for none at all."
        ) => Version = version;

    /// <summary>What was asked for.</summary>
    public string Version { get; }
}
