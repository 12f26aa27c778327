using System.Globalization;
using RagStudio.Data.Migrator.PostgreSql.Validate;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>A statement that has to follow a run, as its row of the migrator's table keeps it.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Limit">Its time limit; <see langword="null"/> for none.</param>
/// <param name="Starts">
/// How often a statement was started that nobody can repeat; <see langword="null"/> for one that may be repeated.
/// </param>
internal sealed record FollowingStatement(string Sql, TimeSpan? Limit, int? Starts = null)
{
    /// <summary>The index that it creates, for the run itself.</summary>
    public FutureIndex? Creates { get; init; }

    /// <summary>The index that it drops, for the run itself.</summary>
    public FutureIndex? Drops { get; init; }

    /// <summary>The schema as it will be when the statement has been executed.</summary>
    public DatabaseSchema Change(DatabaseSchema schema, string target) =>
        Creates?.AddTo(schema, target) ?? Drops?.RemoveFrom(schema, target) ?? schema;

    public static FollowingStatement Parse(string text) =>
        text.Split(':', 2) is [var head, var sql]
        && head.Split(';') is [var limit, .. var starts]
        && double.TryParse(limit, CultureInfo.InvariantCulture, out var milliseconds)
            ? new FollowingStatement(
                sql,
                milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : null,
                starts is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : null
            )
            : throw new InvalidDataException($"'{text}' is no statement that follows a run.");

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Math.Ceiling(Limit?.TotalMilliseconds ?? 0)}{(Starts is { } starts ? $";{starts}" : "")}:{Sql}"
        );
}
