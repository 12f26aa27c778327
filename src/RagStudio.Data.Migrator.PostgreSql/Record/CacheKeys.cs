using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>The keys of the migrator's cache table.</summary>
internal static class CacheKeys
{
    /// <summary>The greatest number that a line of the history ever had.</summary>
    public const string LastLine = "history";

    private const char Separator = '\n';

    public static string Schema(HistoryOwner owner) => $"schema:{owner.Chain}";

    public static string Program(HistoryOwner owner) => $"program:{owner.Chain}";

    public static IEnumerable<(string Key, string Value)> Write(HistoryOwner owner, DatabaseCache cache)
    {
        if (cache.Schema is { } schema)
        {
            yield return (Schema(owner), $"{schema.Applied}{Separator}{schema.Schema}");
        }
        if (cache.ProgramStamp is { } stamp)
        {
            yield return (Program(owner), stamp);
        }
    }

    public static DatabaseCache Read(HistoryOwner owner, IReadOnlyList<(string Key, string Value)> rows)
    {
        var values = rows.ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);
        var schema = values.GetValueOrDefault(Schema(owner))?.Split(Separator);
        return new DatabaseCache
        {
            Schema = schema is [var applied, var hash] ? new SchemaFingerprint(applied, hash) : null,
            ProgramStamp = values.GetValueOrDefault(Program(owner)),
        };
    }
}
