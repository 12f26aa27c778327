using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What tells whether anything has changed since a schema was last found to be what its applied migrations make: then nothing needs to be
/// replayed in order to know.
/// </summary>
/// <param name="Applied">Lower-case hex SHA-256 over the ids of the applied migrations.</param>
/// <param name="Schema">Lower-case hex SHA-256 over the schema of the whole storage.</param>
public sealed record SchemaFingerprint(string Applied, string Schema)
{
    internal static SchemaFingerprint Of(IReadOnlyList<string> applied, DatabaseSchema schema) =>
        new(Hash(Encoding.UTF8.GetBytes(string.Join('\n', applied))), Hash(SchemaJson.Write(schema)));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
