namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Options of a context that differ from EF's defaults.</summary>
public sealed class SqliteDatabaseOptions : MigrationContextOptions
{
    /// <summary>
    /// True if the application's connections enforce foreign keys, for a database that is named by its file: a connection string specifies it. Migrations
    /// run with the same setting as the application's statements.
    /// </summary>
    /// <value>Default <see langword="null"/>: SQLite's default, which is to enforce them in the library that ships with EF.</value>
    public bool? ForeignKeys { get; set; }
}
