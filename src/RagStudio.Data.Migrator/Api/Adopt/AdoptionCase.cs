namespace RagStudio.Data.Migrator;

/// <summary>How a database's schema and EF's history in it fit together.</summary>
public enum AdoptionCase
{
    /// <summary>It has none of the program's tables and no history: there is nothing to adopt.</summary>
    Empty,

    /// <summary>The schema is what the migrations in the history make.</summary>
    Fitting,

    /// <summary>It has tables of the program, and no migration in the history.</summary>
    NoHistory,

    /// <summary>The schema has the effect of migrations that are not in the history.</summary>
    MissingRows,

    /// <summary>The history has migrations whose effect the schema lacks.</summary>
    SurplusRows,

    /// <summary>
    /// The history has migrations that the program does not have, and lacks some whose effect the schema has: they were renamed
    /// or squashed.
    /// </summary>
    RenamedRows,

    /// <summary>The schema has a part of a migration.</summary>
    HalfMigrated,

    /// <summary>There is a history, and the schema is not that of any version.</summary>
    Different,
}
