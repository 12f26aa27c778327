namespace RagStudio.Data.Migrator;

/// <summary>When a migration's code runs.</summary>
public enum CodeMoment
{
    /// <summary>Before the migration's first command.</summary>
    Before,

    /// <summary>After the migration's last command.</summary>
    After,
}
