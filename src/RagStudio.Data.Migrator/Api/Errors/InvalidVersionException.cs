namespace RagStudio.Data.Migrator;

/// <summary>The requested version does not exist. Nothing was changed.</summary>
public sealed class InvalidVersionException : MigrationException
{
    internal InvalidVersionException(string version, string reason)
        : base(
            MigrationPhase.Plan,
            DataState.Unchanged,
            $"'{version}' {reason}. Nothing was changed. Name a migration by its id, its time stamp or its name, or 0 for none at all."
        ) => Version = version;

    /// <summary>The requested name.</summary>
    public string Version { get; }
}
