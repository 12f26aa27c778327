using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>
/// Requires the words of each chunk that a search looks into to be those of its text. The server computes them; only if the
/// column has become an ordinary one they are compared.
/// </summary>
internal sealed class SearchColumnRule()
    : QueryRule("search index of document_chunks", new RuleTable(Table, ["id", "content", "search"]))
{
    private const string Table = "app_meta.document_chunks";

    public override Task EvaluateAsync(RuleContext context) =>
        context.Table(Table).Find("search")!.IsComputed
            ? Task.CompletedTask
            : context.QueryAsync(
                "SELECT id FROM app_meta.document_chunks WHERE search IS DISTINCT FROM to_tsvector('simple', content)",
                row =>
                    context.Report(
                        ValidationErrorKind.OrphanedRecord,
                        Table,
                        row.GetString(0),
                        $"the search index has other words than the chunk {row.GetString(0)}"
                    )
            );
}
