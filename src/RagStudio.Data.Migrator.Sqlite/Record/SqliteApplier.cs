namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// The context that applied a migration through the migrator, according to its history. The greatest value
/// counts.
/// </summary>
internal enum SqliteApplier
{
    /// <summary>No line records it.</summary>
    Nobody,

    /// <summary>
    /// A context that its line does not identify, for a database with a name that no line of this context
    /// has.
    /// </summary>
    OtherName,

    /// <summary>A context that its line does not identify, for a database with one of this context's names.</summary>
    OwnName,

    /// <summary>Another context.</summary>
    OtherContext,

    /// <summary>This context.</summary>
    ThisContext,
}
