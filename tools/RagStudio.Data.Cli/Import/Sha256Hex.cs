using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>Computes SHA-256 as in the columns <c>content_hash</c>: in lower-case hexadecimal.</summary>
internal static class Sha256Hex
{
    public static string Compute(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Computes the hash of a text's UTF-8 bytes.</summary>
    public static string Compute(string text) => Compute(Encoding.UTF8.GetBytes(text));
}
