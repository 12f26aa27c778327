using System.Text.RegularExpressions;

namespace RagStudio.Data.Migrator.PostgreSql.Statements;

/// <summary>
/// The names by which the engine knows tables: those of the target schema alone, others with their schema before a dot.
/// A part that contains a dot or a quote is quoted.
/// </summary>
internal static partial class TableName
{
    public static string Format(string? schema, string table, string target) =>
        schema is null || schema == target ? Format(table) : $"{Format(schema)}.{Format(table)}";

    /// <summary>Renders a name as SQL; one without a schema is looked up in the target schema.</summary>
    public static string ToSql(string name, string target) =>
        Parts().Matches(name) switch
        {
            [var schema, var table] => PostgreSqlText.Quote(Read(schema), Read(table)),
            [var table] => PostgreSqlText.Quote(target, Read(table)),
            _ => PostgreSqlText.Quote(target, name),
        };

    /// <summary>The name of another object in the schema of a table.</summary>
    public static string Beside(string table, string name) =>
        Parts().Matches(table) is [var schema, _] ? $"{schema.Value}.{Format(name)}" : Format(name);

    private static string Format(string part) =>
        part.AsSpan().IndexOfAny('.', '"') < 0 ? part : PostgreSqlText.Quote(part);

    private static string Read(Match part) =>
        part.Value is ['"', .. var quoted, '"'] ? quoted.Replace("\"\"", "\"", StringComparison.Ordinal) : part.Value;

    [GeneratedRegex("\"(?:[^\"]|\"\")*\"|[^.\"]+")]
    private static partial Regex Parts();
}
