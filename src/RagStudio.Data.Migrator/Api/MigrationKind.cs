namespace RagStudio.Data.Migrator;

/// <summary>The kind of change that a migration makes.</summary>
public enum MigrationKind
{
    /// <summary>Tables, columns or constraints; any migration of no other kind.</summary>
    Schema,

    /// <summary>The content of existing rows.</summary>
    Data,

    /// <summary>Indexes only.</summary>
    Index,

    /// <summary>Rows that the application ships.</summary>
    Seed,
}
