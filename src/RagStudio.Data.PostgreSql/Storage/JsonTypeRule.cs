using System.Text;
using System.Text.Json;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>
/// Requires columns to contain JSON or NULL. Those of the types <c>json</c> and <c>jsonb</c> contain nothing else, so that
/// only others are read: the schema, which names them too, is not compared where the role may not create a database.
/// </summary>
internal sealed class JsonTypeRule(string table, params IReadOnlyList<string> columns)
    : QueryRule($"JSON of {table}", new RuleTable(table, columns))
{
    public override Task EvaluateAsync(RuleContext context)
    {
        var schema = context.Table(table);
        string[] others = [.. columns.Where(column => schema.Find(column)!.Type is not ("json" or "jsonb"))];
        if (others.Length == 0)
        {
            return Task.CompletedTask;
        }
        var texts = others.Select(column => $"{context.Quote(column)}::text");
        return context.QueryAsync(
            $"SELECT ({context.KeyOf(table)})::text, {string.Join(", ", texts)} FROM {context.QuoteTable(table)}",
            row =>
            {
                var invalid = others.Where((_, i) => !row.IsNull(i + 1) && !IsJson(row.GetString(i + 1))).ToArray();
                if (invalid.Length > 0)
                {
                    var id = row.IsNull(0) ? null : row.GetString(0);
                    context.Report(
                        ValidationErrorKind.InvalidJson,
                        table,
                        id,
                        $"row {id} of '{table}' has invalid JSON in {string.Join(", ", invalid)}"
                    );
                }
            }
        );
    }

    private static bool IsJson(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
