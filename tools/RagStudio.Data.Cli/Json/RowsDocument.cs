namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>export-rows</c> and <c>import-rows</c>.</summary>
/// <param name="Path">The full path of the file.</param>
/// <param name="Rows">The number of rows of each table.</param>
/// <param name="Sha256">The SHA-256 of the file's lines before the last one, which contains it.</param>
internal sealed record RowsDocument(string Path, IReadOnlyDictionary<string, long> Rows, string Sha256)
{
    public static RowsDocument From(string path, RowTotals totals) => new(path, totals.Rows, totals.Sha256);
}
