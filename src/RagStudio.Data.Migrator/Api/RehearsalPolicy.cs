namespace RagStudio.Data.Migrator;

/// <summary>When migrations are run on copies of the databases before they are run on the databases themselves.</summary>
public enum RehearsalPolicy
{
    /// <summary>Where a migration destroys something that is there.</summary>
    WhenDestructive,

    /// <summary>Before every run.</summary>
    Always,

    /// <summary>Not at all.</summary>
    Never,
}
