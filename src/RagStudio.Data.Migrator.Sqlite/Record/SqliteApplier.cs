namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>Who has applied a migration by the migrator, as its history tells. The greatest of several counts.</summary>
internal enum SqliteApplier
{
    /// <summary>Nobody has recorded it.</summary>
    Nobody,

    /// <summary>A context whose line does not say which; its database had a name that no line of this context has.</summary>
    OtherName,

    /// <summary>A context whose line does not say which; its database had a name of this context's.</summary>
    OwnName,

    /// <summary>Another context.</summary>
    OtherContext,

    /// <summary>This context.</summary>
    ThisContext,
}
