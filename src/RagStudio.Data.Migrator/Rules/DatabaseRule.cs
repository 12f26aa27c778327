using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>A rule with the database that it belongs to.</summary>
internal sealed record DatabaseRule(string Database, ValidationRule Rule)
{
    /// <summary>Whether it reads another database too.</summary>
    public bool IsAcross => Rule.Tables.Any(table => table.Database is { } other && other != Database);

    /// <summary>Whether everything that it reads is there.</summary>
    /// <param name="schemaOf">The schema of a database; nothing where it cannot be read.</param>
    public bool CanRead(Func<string, DatabaseSchema?> schemaOf) =>
        Rule.Tables.All(needed =>
            schemaOf(needed.Database ?? Database)?.Find(needed.Table) is { } table
            && needed.Columns.All(column => table.Find(column) is not null)
        );
}
