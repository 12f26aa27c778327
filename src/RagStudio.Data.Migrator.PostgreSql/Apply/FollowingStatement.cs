using System.Globalization;
using RagStudio.Data.Migrator.PostgreSql.Validate;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>A statement that has to follow a run, as its row of the migrator's table keeps it.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Limit">Its time limit; <see langword="null"/> for none.</param>
internal sealed record FollowingStatement(string Sql, TimeSpan? Limit)
{
    /// <summary>The index that it creates, for the run itself.</summary>
    public FutureIndex? Creates { get; init; }

    /// <summary>The index that it drops, for the run itself.</summary>
    public FutureIndex? Drops { get; init; }

    /// <summary>The schema as it will be when the statement has been executed.</summary>
    public DatabaseSchema Change(DatabaseSchema schema, string target) =>
        Creates?.AddTo(schema, target) ?? Drops?.RemoveFrom(schema, target) ?? schema;

    public static FollowingStatement Parse(string text) =>
        text.Split(':', 2) is [var limit, var sql]
        && double.TryParse(limit, CultureInfo.InvariantCulture, out var milliseconds)
            ? new FollowingStatement(sql, milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : null)
            : throw new InvalidDataException($"'{text}' is no statement that follows a run.");

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(Limit?.TotalMilliseconds ?? 0)}:{Sql}");
}
