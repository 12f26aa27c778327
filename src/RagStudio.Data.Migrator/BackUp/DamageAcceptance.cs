namespace RagStudio.Data.Migrator.BackUp;

/// <summary>Which damaged copies can be restored.</summary>
internal enum DamageAcceptance
{
    None,

    /// <summary>Those whose manifest says that their database was damaged.</summary>
    Recorded,

    /// <summary>Also clones whose database had not been checked.</summary>
    RecordedOrUnknown,
}
