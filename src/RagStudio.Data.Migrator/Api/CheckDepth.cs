namespace RagStudio.Data.Migrator;

/// <summary>The depth of a check of a database's structure.</summary>
public enum CheckDepth
{
    /// <summary><see cref="Full"/> up to <see cref="MigrationOptions.FullCheckUpTo"/> bytes, else <see cref="Quick"/>.</summary>
    BySize,

    /// <summary>Everything, each index against its table too.</summary>
    Full,

    /// <summary>Everything but the content of the indexes.</summary>
    Quick,
}
