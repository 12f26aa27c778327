using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>A file and the databases in it.</summary>
/// <param name="Databases">The names of the databases.</param>
/// <param name="Path">Its path.</param>
/// <param name="Exists">True if it exists.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Schema">Its tables and views.</param>
internal sealed record ReportedFile(
    IReadOnlyList<string> Databases,
    string Path,
    bool Exists,
    long Bytes,
    Readable<DatabaseSchema> Schema
)
{
    /// <summary>The names of the databases, as shown to the user.</summary>
    public string Title => string.Join(" and ", Databases);
}
