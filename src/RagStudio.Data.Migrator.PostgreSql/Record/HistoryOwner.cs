using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>
/// The owner of rows in a schema's history. A database's name is a display name. So a row belongs to the context whose
/// class it names or, if that class has been renamed since, to the one with the same history table and the same first
/// migration.
/// </summary>
/// <param name="Context">The full name of the context's class.</param>
/// <param name="Chain">The history table and the id of the first migration.</param>
internal sealed record HistoryOwner(string Context, string Chain)
{
    public static HistoryOwner Create(Type context, string historyTable, IReadOnlyList<KnownMigration> migrations) =>
        new(
            context.FullName ?? context.Name,
            $"{historyTable}/{(migrations is [var first, ..] ? first.Version : null)}"
        );
}
