using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>report</c>.</summary>
/// <param name="File">The full path of the page.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Verdict">The state of the databases that it shows.</param>
internal sealed record ReportPageDocument(string File, long Bytes, MigrationVerdict Verdict);
