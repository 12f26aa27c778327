using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The hash by which a schema is compared with a compiled one.</summary>
public static class SchemaHash
{
    public static string Of(DatabaseSchema schema) => SchemaFingerprint.Hash(schema);
}
