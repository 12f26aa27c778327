using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>A file and the databases that it holds.</summary>
/// <param name="Databases">The names of the databases.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Exists">Whether it is there.</param>
/// <param name="Bytes">The bytes that it takes.</param>
/// <param name="Schema">Its tables and views.</param>
internal sealed record ReportedFile(
    IReadOnlyList<string> Databases,
    string Path,
    bool Exists,
    long Bytes,
    Readable<DatabaseSchema> Schema
)
{
    /// <summary>The databases, for people.</summary>
    public string Title => string.Join(" and ", Databases);
}
