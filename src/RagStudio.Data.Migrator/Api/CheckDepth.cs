namespace RagStudio.Data.Migrator;

/// <summary>The depth of a check of a database's structure.</summary>
public enum CheckDepth
{
    /// <summary>
    /// <see cref="Full"/> up to <see cref="MigrationOptions.FullCheckUpTo"/> bytes, otherwise
    /// <see cref="Quick"/>.
    /// </summary>
    BySize,

    /// <summary>Everything, including each index against its table.</summary>
    Full,

    /// <summary>Everything except the content of the indexes.</summary>
    Quick,
}
