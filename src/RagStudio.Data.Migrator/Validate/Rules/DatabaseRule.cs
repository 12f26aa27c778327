namespace RagStudio.Data.Migrator;

/// <summary>A rule with the database that it belongs to.</summary>
internal sealed record DatabaseRule(string Database, ValidationRule Rule)
{
    /// <summary>Whether it reads another database too.</summary>
    public bool IsAcross => Rule.Tables.Any(table => table.Database is { } other && other != Database);
}
