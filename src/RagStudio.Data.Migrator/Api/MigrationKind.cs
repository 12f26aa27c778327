namespace RagStudio.Data.Migrator;

/// <summary>What a migration changes.</summary>
public enum MigrationKind
{
    /// <summary>Tables, columns, constraints; whatever is none of the other kinds.</summary>
    Schema,

    /// <summary>The content of rows that are there.</summary>
    Data,

    /// <summary>Indexes only.</summary>
    Index,

    /// <summary>Rows that the application ships.</summary>
    Seed,
}
