using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Shows if anything has changed since a schema was last found to match its applied migrations. If nothing
/// has, they do not need to be replayed.
/// </summary>
/// <param name="Applied">The lower-case hexadecimal SHA-256 of the ids of the applied migrations.</param>
/// <param name="Schema">The lower-case hexadecimal SHA-256 of the schema of the whole storage.</param>
public sealed record SchemaFingerprint(string Applied, string Schema)
{
    internal static SchemaFingerprint Compute(IReadOnlyList<string> applied, DatabaseSchema schema) =>
        new(Hash(Encoding.UTF8.GetBytes(string.Join('\n', applied))), Hash(SchemaJson.Write(schema)));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
