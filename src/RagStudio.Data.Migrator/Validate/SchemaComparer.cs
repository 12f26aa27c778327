namespace RagStudio.Data.Migrator;

/// <summary>Compares a schema with the one that it should be.</summary>
internal static class SchemaComparer
{
    public static (IReadOnlyList<ValidationFinding> Findings, IReadOnlyList<ValidationWarning> Warnings) Compare(
        DatabaseSchema expected,
        DatabaseSchema actual
    ) => ([], []);
}
