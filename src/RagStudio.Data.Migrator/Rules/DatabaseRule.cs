using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>A rule with the database that it belongs to.</summary>
internal sealed record DatabaseRule(string Database, ValidationRule Rule)
{
    /// <summary>True if it also reads another database.</summary>
    public bool IsAcross => Rule.Tables.Any(table => table.Database is { } other && other != Database);

    /// <summary>True if every table and column that it reads exists.</summary>
    /// <param name="schemaOf">The schema of a database; <see langword="null"/> if it cannot be read.</param>
    public bool CanRead(Func<string, DatabaseSchema?> schemaOf) =>
        Rule.Tables.All(needed =>
            schemaOf(needed.Database ?? Database)?.Find(needed.Table) is { } table
            && needed.Columns.All(column => table.Find(column) is not null)
        );
}
