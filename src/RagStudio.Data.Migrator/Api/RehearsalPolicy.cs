namespace RagStudio.Data.Migrator;

/// <summary>The runs that are preceded by a rehearsal on copies of the databases.</summary>
public enum RehearsalPolicy
{
    /// <summary>Runs in which a migration destroys existing data.</summary>
    WhenDestructive,

    /// <summary>Every run.</summary>
    Always,

    /// <summary>No run.</summary>
    Never,
}
