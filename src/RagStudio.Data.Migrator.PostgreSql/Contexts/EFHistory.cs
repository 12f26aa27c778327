using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>The place where EF records a context's applied migrations.</summary>
/// <param name="Schema">Its schema; <see langword="null"/> for the first of the connection's <c>search_path</c>.</param>
/// <param name="Table">The table.</param>
/// <param name="IdColumn">Its column of migration ids.</param>
/// <param name="VersionColumn">Its column of EF's version.</param>
internal sealed record EFHistory(
    string? Schema,
    string Table,
    string IdColumn = nameof(HistoryRow.MigrationId),
    string VersionColumn = nameof(HistoryRow.ProductVersion)
)
{
    /// <summary>
    /// EF's statement that creates the table if it does not exist, which a convention or a repository may have changed in
    /// more than these names; <see langword="null"/> for EF's own.
    /// </summary>
    public string? CreateScript { get; init; }

    private const BindingFlags Inherited = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>
    /// Reads the names from the context's repository, since conventions can change all of them. Builds EF's small model
    /// of the history.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context keeps its history in some other way.</exception>
    public static EFHistory Detect(DbContext context) =>
        context.GetService<IHistoryRepository>() is HistoryRepository repository
            ? new EFHistory(
                Read(repository, "TableSchema"),
                Read(repository, "TableName")!,
                Read(repository, "MigrationIdColumnName")!,
                Read(repository, "ProductVersionColumnName")!
            )
            {
                CreateScript = repository.GetCreateIfNotExistsScript(),
            }
            : throw new InvalidOperationException(
                $"{context.GetType().Name} keeps its migration history by a repository that does not derive from EF's HistoryRepository, so that a run cannot know which migrations are applied. Nothing was changed."
            );

    /// <summary>Protected members of EF's public class, which providers override.</summary>
    private static string? Read(HistoryRepository repository, string property) =>
        (string?)typeof(HistoryRepository).GetProperty(property, Inherited)!.GetValue(repository);
}
