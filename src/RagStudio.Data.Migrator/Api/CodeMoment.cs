namespace RagStudio.Data.Migrator;

/// <summary>The point in a migration at which its code runs.</summary>
public enum CodeMoment
{
    /// <summary>Before the migration's first command.</summary>
    Before,

    /// <summary>After the migration's last command.</summary>
    After,
}
