namespace RagStudio.Data.Migrator;

/// <summary>The sorts of errors that the checks find.</summary>
public enum ValidationErrorKind
{
    /// <summary>The database's structure is damaged.</summary>
    Integrity,

    /// <summary>A row refers to a row that is not there.</summary>
    ForeignKey,
}
