using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Shows if anything has changed since a schema was last found to match its applied migrations. If nothing
/// has, they do not need to be replayed.
/// </summary>
/// <param name="Applied">
/// The lower-case hexadecimal SHA-256 of the ids of the applied migrations, after <c>seen:</c> if the schema could not be
/// compared, and the fingerprint only tells what a run has left.
/// </param>
/// <param name="Schema">The lower-case hexadecimal SHA-256 of the schema of the whole storage.</param>
public sealed record SchemaFingerprint(string Applied, string Schema)
{
    private const string Seen = "seen:";

    /// <summary>True if the schema was found to match the migrations.</summary>
    internal bool IsCompared => !Applied.StartsWith(Seen, StringComparison.Ordinal);

    /// <summary>The same of a schema that could not be compared.</summary>
    internal SchemaFingerprint AsSeen() => IsCompared ? this with { Applied = Seen + Applied } : this;

    internal static SchemaFingerprint Compute(IReadOnlyList<string> applied, DatabaseSchema schema) =>
        new(Hash(Encoding.UTF8.GetBytes(string.Join('\n', applied))), Hash(SchemaJson.Write(schema)));

    /// <summary>
    /// Computes the hash of a schema for comparison with another one. Schemas with equal hashes do not differ; schemas
    /// with other hashes may only be written differently.
    /// </summary>
    internal static string Hash(DatabaseSchema schema) => Hash(SchemaJson.Write(schema.InOrder()));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
