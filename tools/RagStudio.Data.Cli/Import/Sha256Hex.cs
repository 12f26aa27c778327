using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>SHA-256 as the columns <c>content_hash</c> have it: lower-case hex.</summary>
internal static class Sha256Hex
{
    public static string Of(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The hash of a text's UTF-8 bytes.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}
