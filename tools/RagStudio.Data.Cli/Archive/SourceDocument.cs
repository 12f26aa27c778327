using System.Security.Cryptography;

namespace RagStudio.Data.Cli;

/// <summary>A source file as the compiler has read it.</summary>
/// <param name="Path">Where it was, which is another path on another machine.</param>
/// <param name="Algorithm">The algorithm of the hash, by the symbols' id of it.</param>
/// <param name="Hash">The lower-case hexadecimal hash of its content.</param>
internal sealed record SourceDocument(string Path, Guid Algorithm, string Hash)
{
    private static readonly Guid Sha1 = new("FF1816EC-AA5E-4D10-87F7-6F4963833460");

    public string Name => System.IO.Path.GetFileName(Path.Replace('\\', '/'));

    /// <summary>True if a file has the content that was compiled.</summary>
    public bool Is(byte[] content) => Hash == HashOf(content);

    // The compiler hashes a file for its debugger, which is nothing to defend.
#pragma warning disable CA5350
    private string HashOf(byte[] content) =>
        Convert.ToHexStringLower(Algorithm == Sha1 ? SHA1.HashData(content) : SHA256.HashData(content));
#pragma warning restore CA5350
}
