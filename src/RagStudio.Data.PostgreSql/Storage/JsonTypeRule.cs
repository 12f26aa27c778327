using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>Columns of the types <c>json</c> and <c>jsonb</c> contain JSON, so nothing has to be read.</summary>
internal sealed class JsonTypeRule(string table, params IReadOnlyList<string> columns)
    : QueryRule($"JSON of {table}", new RuleTable(table, columns))
{
    public override Task EvaluateAsync(RuleContext context) => Task.CompletedTask;
}
