using System.Diagnostics.CodeAnalysis;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>What a table consists of, as far as a migration can drop it.</summary>
/// <param name="Oid">The identity of the table, which survives a new name.</param>
/// <param name="Parent">The partitioned table that it is a partition of; 0 if it is none.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Numbers">The numbers of its columns, each of which is used once.</param>
/// <param name="Columns">Their names, in the same order.</param>
[SuppressMessage(
    "Performance",
    "CA1819:Properties should not return arrays",
    Justification = "As the driver reads them."
)]
internal sealed record TableContent(
    long Oid,
    long Parent,
    string Schema,
    string Name,
    short[] Numbers,
    string[] Columns
)
{
    public bool Has(string column) => Columns.Contains(column, StringComparer.Ordinal);
}
